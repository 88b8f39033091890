import { formatMoney } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import { paths } from '#lib/shell/paths.ts'
import type { EntryData } from './entry.ts'

type Facts = Readonly<Record<string, unknown>>

const factsOf = ({ facts }: EntryData): Facts => (facts ?? {}) as Facts

/** A value as people read it: an amount as money, a list by commas, anything else as it is written. */
export const valueText = (entry: EntryData, field: string, value: unknown): string => {
  const { currency } = factsOf(entry)
  if (value === null || value === undefined) return '–'
  if (field.endsWith('Minor') && typeof value === 'number' && typeof currency === 'string')
    return formatMoney({ amountMinor: value, currency })
  if (typeof value === 'string') return value === '' ? '–' : value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ') || '–'
  return JSON.stringify(value, null, 2)
}

/** Where the page of what it happened to is; nothing for what has none. */
export const subjectPath = (entry: EntryData): string | undefined => {
  const { kind, id } = entry.subject
  const { productId } = factsOf(entry)
  if (kind === 'variant' && typeof productId === 'string') return paths.product(productId)
  if (!id) return undefined
  const pages: Readonly<Record<string, (id: string) => string>> = {
    product: paths.product,
    promotion: paths.promotion,
    order: paths.order,
    device: paths.device,
    webhook_endpoint: paths.webhook,
  }
  return pages[kind]?.(id)
}

const ACTORS = {
  STAFF: m.actor_staff,
  APP: m.actor_app,
  CUSTOMER: m.actor_customer,
  DEVICE: m.actor_device,
  GUEST: m.actor_guest,
  SYSTEM: m.actor_system,
} as const

/** Who it was: by name where it is known, else by kind. */
export const actorText = ({ actor }: Pick<EntryData, 'actor'>): string => actor.name ?? ACTORS[actor.kind]()

/** What kind of actor it was. */
export const actorKindText = ({ actor }: Pick<EntryData, 'actor'>): string => ACTORS[actor.kind]()
