import {
  canonicalLocale,
  encodeId,
  ID_PREFIX,
  type IdKind,
  isUuid,
  type Localized,
  type Uuid,
} from '@hilo/kernel'

/** Nouns whose facts are kept under a name of their own. */
const KIND_BY_AGGREGATE: Readonly<Record<string, IdKind>> = { shelf_price: 'variant' }

const isKind = (name: string): name is IdKind => name in ID_PREFIX

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The public id of what a fact is about; nothing for what has none. */
export const publicId = (aggregate: string, id: Uuid): string | null => {
  const kind = KIND_BY_AGGREGATE[aggregate] ?? camel(aggregate)
  return isKind(kind) ? encodeId(kind, id) : null
}

/** The id of a noun that a field named after it holds: `productId` → `prod_…`, `channelIds` → `[chan_…]`. */
const shown = (field: string, value: unknown): unknown => {
  const kind = field.replace(/Ids?$/, '')
  if (isKind(kind) && isUuid(value)) return encodeId(kind, value)
  if (Array.isArray(value)) return value.map((each) => shown(field, each))
  return value !== null && typeof value === 'object' ? readable(value) : value
}

/** What an event tells, with public ids in place of those of the database. */
export const readable = (facts: unknown): Readonly<Record<string, unknown>> =>
  facts !== null && typeof facts === 'object' && !Array.isArray(facts)
    ? Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, shown(field, value)]))
    : {}

/** A field that changed. */
export interface Change {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

const isLocalized = (value: unknown): value is Localized =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.entries(value).every(([key, text]) => typeof text === 'string' && canonicalLocale(key) === key)

/** A text in several languages is a field for each: `name.en`. */
const inEachLanguage = (field: string, before: Localized, after: Localized): Change[] =>
  Object.keys({ ...before, ...after })
    .filter((locale) => before[locale] !== after[locale])
    .map((locale) => ({
      field: `${field}.${locale}`,
      before: before[locale] ?? null,
      after: after[locale] ?? null,
    }))

/** What changed, field by field, with public ids. */
export const readableChanges = (
  changed: Readonly<Record<string, readonly [unknown, unknown]>> | null,
): readonly Change[] =>
  Object.entries(changed ?? {}).flatMap(([field, [before, after]]) =>
    isLocalized(before) && isLocalized(after)
      ? inEachLanguage(field, before, after)
      : [{ field, before: shown(field, before), after: shown(field, after) }],
  )
