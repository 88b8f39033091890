import { fail, redirect } from '@sveltejs/kit'
import { paths } from '#lib/shell/paths.ts'
import * as v from 'valibot'
import { fieldErrors } from '#lib/api/refusal.ts'
import { ApiError, request as ask } from '#lib/api/request.ts'
import { writer } from '#lib/api/write.ts'
import { m } from '#lib/paraglide/messages.js'
import { cookieName, isLocale } from '#lib/paraglide/runtime.js'
import type { Actions, PageServerLoad } from './$types'
import { ShopName, StaffSignIn } from './sign-in.ts'

const Credentials = v.object({
  email: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(320)),
  password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000)),
})

const YEAR_S = 365 * 24 * 3600

export const load: PageServerLoad = async ({ fetch, cookies, url }) => {
  try {
    const { shop, viewer } = await ask(fetch, ShopName, {})
    if (viewer?.__typename === 'Staff') redirect(303, ownPath(url.searchParams.get('next')))
    return { shopName: shop?.name ?? m.app_name() }
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    // A session that ended would be refused even here: forget it, and let people sign in again.
    if (cause.code === 'UNAUTHENTICATED')
      cookies.delete('hilo_session', { secure: url.protocol === 'https:' })
    return { shopName: m.app_name() }
  }
}

export const actions: Actions = {
  default: async ({ request, fetch, cookies, url }) => {
    const form = Object.fromEntries(await request.formData())
    const email = typeof form['email'] === 'string' ? form['email'] : ''
    const credentials = v.safeParse(Credentials, form)
    if (!credentials.success) {
      const { nested = {} } = v.flatten<typeof Credentials>(credentials.issues)
      const errors = Object.fromEntries(Object.keys(nested).map((field) => [field, m.required_field()]))
      return fail(400, { email, errors })
    }
    let signedIn
    try {
      signedIn = await writer(fetch)(StaffSignIn, credentials.output)
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      const message = cause.code === 'UNREACHABLE' ? m.error_unreachable() : cause.message
      return fail(503, { email, errors: { '': message } })
    }
    const { token, expiresAt, staff, userErrors } = signedIn
    if (!token) {
      const errors = fieldErrors(userErrors)
      return fail(401, {
        email,
        errors: Object.keys(errors).length > 0 ? errors : { '': m.sign_in_failed() },
      })
    }
    cookies.set('hilo_session', token, {
      secure: url.protocol === 'https:',
      sameSite: 'lax',
      ...(expiresAt ? { expires: new Date(expiresAt) } : {}),
    })
    if (isLocale(staff?.locale) && !cookies.get(cookieName))
      cookies.set(cookieName, staff.locale, {
        httpOnly: false,
        secure: false,
        sameSite: 'lax',
        maxAge: YEAR_S,
      })
    redirect(303, ownPath(url.searchParams.get('next')))
  },
}

/** A page of the admin to go on to: never an address that somebody else put in the link. */
const ownPath = (next: string | null): string => {
  const home = paths.home()
  const base = home.replace(/\/$/, '')
  return next && (next === base || next.startsWith(`${base}/`) || next.startsWith(`${base}?`)) ? next : home
}
