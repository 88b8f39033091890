import { redirect } from '@sveltejs/kit'
import { paths } from '#lib/shell/paths.ts'
import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { ApiError } from '#lib/api/request.ts'
import { writer } from '#lib/api/write.ts'
import type { Actions, PageServerLoad } from './$types'

const StaffSignOut = graphql(
  `
    mutation StaffSignOut($input: StaffSignOutInput!) {
      payload: staffSignOut(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const load: PageServerLoad = () => redirect(303, paths.home())

export const actions: Actions = {
  default: async ({ fetch, cookies, url }) => {
    try {
      await writer(fetch)(StaffSignOut, {})
    } catch (cause) {
      // Without the API the cookie still goes, and the session ends by itself later.
      if (!(cause instanceof ApiError)) throw cause
    }
    cookies.delete('hilo_session', { secure: url.protocol === 'https:' })
    redirect(303, paths.signIn())
  },
}
