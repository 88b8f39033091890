import { error } from '@sveltejs/kit'
import { type Actor, grant, type Permission } from '@hilo/kernel'
import { permissionName } from '#lib/access/permissions.ts'
import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { m } from '#lib/paraglide/messages.js'

export const Viewer = graphql(`
  query Viewer {
    shop {
      name
      locales
      defaultLocale
    }
    viewer {
      __typename
      ... on Staff {
        id
        name
        email
        permissions
        grants {
          channelIds
          locationIds
          role {
            permissions
          }
        }
      }
    }
  }
`)

/** The member of staff who is signed in. */
export type Staff = Extract<ResultOf<typeof Viewer>['viewer'], { __typename: 'Staff' }>

/** The languages that the shop writes in, the one that all others fall back to first. */
export const languagesOf = (shop: ResultOf<typeof Viewer>['shop']): readonly string[] => {
  const { defaultLocale = 'en', locales = ['en', 'es'] } = shop ?? {}
  return [defaultLocale, ...locales.filter((locale) => locale !== defaultLocale)]
}

/** Who is signed in, as the API's own rules of what they may do take it. */
export const actorOf = ({ id, permissions, grants }: Staff): Actor => ({
  kind: 'staff',
  staffId: id,
  sessionId: '',
  // Who has no grant has permissions from before there were roles.
  grants:
    grants.length === 0
      ? [grant(permissions as Permission[])]
      : grants.map(({ role, channelIds, locationIds }) =>
          grant(role.permissions as Permission[], {
            channels: channelIds ?? 'all',
            locations: locationIds ?? 'all',
          }),
        ),
})

/** Who is signed in; on a page that they have no permission for, a sentence in its place. */
export const need = async (
  page: { readonly parent: () => Promise<{ readonly staff: Staff }> },
  permission: Permission,
): Promise<Staff> => {
  const { staff } = await page.parent()
  if (!staff.permissions.includes(permission))
    error(403, m.error_forbidden_text({ permission: permissionName(permission) }))
  return staff
}
