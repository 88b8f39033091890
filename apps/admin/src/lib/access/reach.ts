import type { FieldErrors } from '#lib/api/refusal.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { GrantData, PlacesData } from './staff.ts'

/** Where something holds, as the API has it: null is everywhere. */
export interface Reach {
  readonly channelIds: readonly string[] | null
  readonly locationIds: readonly string[] | null
}

type Extent = 'all' | 'some'

/** Where something holds, while somebody chooses; to choose nothing is never everywhere. */
export interface ReachDraft {
  channels: Extent
  channelIds: string[]
  locations: Extent
  locationIds: string[]
}

/** A role to hold, while somebody chooses where. */
export interface GrantDraft extends ReachDraft {
  roleId: string
}

/** A draft of what holds there; by default everywhere. */
export const reachDraftOf = (
  { channelIds, locationIds }: Reach = { channelIds: null, locationIds: null },
): ReachDraft => ({
  channels: channelIds ? 'some' : 'all',
  channelIds: [...(channelIds ?? [])],
  locations: locationIds ? 'some' : 'all',
  locationIds: [...(locationIds ?? [])],
})

/** What the API is told of a draft. */
export const reachOfDraft = ({ channels, channelIds, locations, locationIds }: ReachDraft) => ({
  channelIds: channels === 'all' ? null : [...channelIds],
  locationIds: locations === 'all' ? null : [...locationIds],
})

/** What is not finished of a draft, by field. */
export const reachProblems = (draft: ReachDraft, prefix = ''): FieldErrors => ({
  ...(draft.channels === 'some' && draft.channelIds.length === 0
    ? { [`${prefix}channelIds`]: m.reach_none() }
    : {}),
  ...(draft.locations === 'some' && draft.locationIds.length === 0
    ? { [`${prefix}locationIds`]: m.reach_none() }
    : {}),
})

/** Drafts of the roles that somebody holds. */
export const grantDraftsOf = (grants: readonly GrantData[]): GrantDraft[] =>
  grants.map(({ role, ...reach }) => ({ roleId: role.id, ...reachDraftOf(reach) }))

/** What the API is told of the roles that somebody holds. */
export const grantInputs = (drafts: readonly GrantDraft[]) =>
  drafts.map((draft) => ({ roleId: draft.roleId, ...reachOfDraft(draft) }))

/** What is not finished of the roles, by field. */
export const grantProblems = (drafts: readonly GrantDraft[]): FieldErrors =>
  Object.assign({}, ...drafts.map((draft, index) => reachProblems(draft, `grants.${index}.`)))

const namesOf = (ids: readonly string[], all: readonly { id: string; name: string }[]): string =>
  new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(
    ids.map((id) => all.find((one) => one.id === id)?.name ?? id),
  )

/** Where something holds, in words: `Web EU`, `Everywhere`. */
export const reachText = (
  { channelIds, locationIds }: Reach,
  { channels, locations }: PlacesData,
): string => {
  const parts = [
    ...(channelIds ? [namesOf(channelIds, channels)] : []),
    ...(locationIds ? [m.reach_at({ places: namesOf(locationIds, locations) })] : []),
  ]
  return parts.join(', ') || m.reach_everywhere()
}

/** A role and where it is held, in words: `Support in Web EU`. */
export const grantText = ({ role, ...reach }: GrantData, places: PlacesData): string => {
  if (!reach.channelIds && !reach.locationIds) return role.name
  const where = reachText(reach, places)
  return reach.channelIds ? m.grant_in({ role: role.name, where }) : `${role.name} ${where}`
}
