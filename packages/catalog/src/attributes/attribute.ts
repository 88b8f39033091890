import type { Localized, Uuid } from '@hilo/kernel'

/** What an attribute can be. */
export const ATTRIBUTE_KINDS = [
  'TEXT',
  'RICH_TEXT',
  'NUMBER',
  'BOOLEAN',
  'DATE',
  'CHOICE',
  'MULTI_CHOICE',
  'PRODUCT_REFERENCE',
  'CATEGORY_REFERENCE',
  'FILE',
  'COLOR',
] as const

/** What an attribute can be. */
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number]

/** What a product or variant can say of itself: a definition that several product types may share. */
export interface Attribute {
  readonly id: Uuid
  /** What filters, rules and imports call it: `[a-z0-9-]`. */
  readonly code: string
  readonly name: Localized
  readonly kind: AttributeKind
  /** What a NUMBER counts, such as `cm`. */
  readonly unit: string | null
  /** A TEXT or RICH_TEXT that is another one in each language. */
  readonly localized: boolean
  /** Lists may be filtered by it, and prices, promotions and rules may look at it. */
  readonly filterable: boolean
  /** Seen by those who read the whole catalogue, and by nobody else. */
  readonly internal: boolean
  readonly minimum: number | null
  readonly maximum: number | null
  /** In characters (UTF-16 units). */
  readonly maxLength: number | null
  /** In their order; of a CHOICE or MULTI_CHOICE. */
  readonly choices: readonly AttributeChoice[]
  readonly version: number
}

/** One of the values that an attribute can have. */
export interface AttributeChoice {
  readonly id: Uuid
  /** Never changed. */
  readonly code: string
  readonly name: Localized
  /** A swatch: `#rrggbb`. */
  readonly color: string | null
}

/** Kinds whose values can be told apart in a list. A text only where it is the same in every language. */
export const canFilter = ({ kind, localized }: Pick<Attribute, 'kind' | 'localized'>): boolean =>
  kind !== 'RICH_TEXT' && kind !== 'FILE' && !localized

/** True when its values are chosen from a list. */
export const hasChoices = (kind: AttributeKind): boolean => kind === 'CHOICE' || kind === 'MULTI_CHOICE'

/** Most characters of a TEXT, when the attribute says nothing less. */
export const MAX_ATTRIBUTE_TEXT = 5_000

/** Most characters of a RICH_TEXT in one language, tags counted. */
export const MAX_RICH_TEXT = 100_000

/** Most characters of a TEXT that lists are filtered by: an index holds it whole. */
export const MAX_FILTER_TEXT = 200

/** Most characters of a value of this attribute. */
export const maxLengthOf = ({
  kind,
  filterable,
  maxLength,
}: Pick<Attribute, 'kind' | 'filterable' | 'maxLength'>): number => {
  const most = kind === 'RICH_TEXT' ? MAX_RICH_TEXT : filterable ? MAX_FILTER_TEXT : MAX_ATTRIBUTE_TEXT
  return Math.min(maxLength ?? most, most)
}
