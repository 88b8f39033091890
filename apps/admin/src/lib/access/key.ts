import type { Permission } from '@hilo/kernel'
import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Tone } from '#lib/ui/Badge.svelte'

const KeyFields = graphql(`
  fragment KeyFields on ApiKey {
    id
    name
    prefix
    last4
    permissions
    channelIds
    locationIds
    persistedOnly
    createdAt
    createdBy {
      name
    }
    expiresAt
    lastUsedAt
    previousUntil
    revokedAt
  }
`)

/** A key with which a program signs in. */
export type KeyData = ResultOf<typeof KeyFields>

export const KeyList = graphql(
  `
    query KeyList($first: Int!, $after: String) {
      permissions
      apiKeys(first: $first, after: $after) {
        totalCount
        nodes {
          ...KeyFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [KeyFields],
)

export const ReadKey = graphql(
  `
    query ReadKey($id: ID!) {
      node(id: $id) {
        ... on ApiKey {
          ...KeyFields
        }
      }
    }
  `,
  [KeyFields],
)

/** How a key is recognised without its secret: `hk_x7Qz…9aB3`. */
export const keyEnds = ({ prefix, last4 }: Pick<KeyData, 'prefix' | 'last4'>): string =>
  `${prefix ?? 'hk_'}…${last4 ?? ''}`

/** Whether a key works, and how that feels; `now` in epoch milliseconds. */
export const keyLook = (
  { revokedAt, expiresAt, previousUntil }: KeyData,
  now: number,
): { works: boolean; label: string; tone: Tone } => {
  if (revokedAt) return { works: false, label: m.key_state_revoked(), tone: 'neutral' }
  if (expiresAt && Date.parse(expiresAt) <= now)
    return { works: false, label: m.key_state_expired(), tone: 'warn' }
  if (previousUntil) return { works: true, label: m.key_state_rotating(), tone: 'accent' }
  return { works: true, label: m.key_state_works(), tone: 'good' }
}

/** Programs that many shops have, and what each of them needs. */
export const KEY_PRESETS = {
  storefront: ['catalog:read', 'stock:read', 'events:read'],
  edge: ['devices:read', 'edge'],
  import: ['catalog:write', 'prices:write', 'stock:write'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>

/** What a key is for: one of the presets, or what somebody chooses themselves. */
export type KeyPurpose = keyof typeof KEY_PRESETS | 'other'

/** What a key can be for. */
export const keyPurposes = (): { value: KeyPurpose; label: string }[] => [
  { value: 'storefront', label: m.key_for_storefront() },
  { value: 'edge', label: m.key_for_edge() },
  { value: 'import', label: m.key_for_import() },
  { value: 'other', label: m.key_for_other() },
]
