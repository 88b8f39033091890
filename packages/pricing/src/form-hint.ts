import type { Locale } from '@hilo/kernel'

/** How a form lets people fill in a member of a definition. */
export type Widget =
  /** An amount in each currency that one is given in. */
  | 'money-by-currency'
  | 'money'
  /** Parts per million, typed as a percentage. */
  | 'percent'
  /** Parts per million of the whole, typed as a factor: 2 is 2000000. */
  | 'factor'
  | 'quantity'
  | 'number'
  | 'switch'
  | 'text'
  | 'choice'
  | 'choices'
  /** Codes or ids of what `refersTo` names. */
  | 'picker'
  | 'items'
  | 'instant'
  | 'weekly-hours'
  | 'weekdays'
  | 'wall-time'
  | 'time-zone'
  | 'countries'
  /** A circle on the map. */
  | 'circle'
  /** The `fields` together. */
  | 'group'
  /** A table: one row of `fields` each. */
  | 'rows'
  | 'conditions'
  | 'effect'

/** A text in every language that our own sentences are in. */
export type Texts = Readonly<Record<Locale, string>>

/** What the keys of a picker are keys of. */
export type Noun =
  | 'attribute'
  | 'attributeValue'
  | 'category'
  | 'channel'
  | 'collection'
  | 'customerGroup'
  | 'deliveryMethod'
  | 'deviceKind'
  | 'loyaltyTier'
  | 'market'
  | 'paymentMethod'
  | 'product'
  | 'segment'
  | 'sku'
  | 'taxClass'
  | 'variant'

/** How a form shows one member of a JSON Schema. */
export interface FormHint {
  readonly widget: Widget
  /** Smaller first. */
  readonly order: number
  readonly label: Texts
  readonly help?: Texts
  /** What each value of an `enum` is called. */
  readonly options?: Readonly<Record<string, Texts>>
  readonly refersTo?: Noun
  /** Of the members of an object, or of the objects of a list. */
  readonly fields?: FormFields
}

/** The hints of an object's members, by name. */
export type FormFields = Readonly<Record<string, FormHint>>

/** How a form shows one kind of condition, effect or predicate. */
export interface KindForm {
  readonly label: Texts
  readonly fields: FormFields
}
