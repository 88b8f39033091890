import { ROUNDING_DIRECTIONS, ROUNDINGS, type Rounding, type RoundingDirection } from '@hilo/pricing'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { PRICE_LIST_KINDS } from '#lib/products/choices.ts'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { PriceListChoicesData, PriceListData, PriceListRow } from './price-list.ts'

interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
}

/** What the states of a price list are called, and how they look. */
export const PRICE_LIST_STATUSES: Readonly<
  Record<PriceListData['status'], { readonly tone: Tone; readonly text: () => string }>
> = {
  ACTIVE: { tone: 'good', text: m.price_list_active },
  INACTIVE: { tone: 'warn', text: m.price_list_inactive },
  ARCHIVED: { tone: 'neutral', text: m.promotion_status_archived },
}

/** The kinds of price lists to choose from. */
export const kindOptions = (): Option<PriceListData['kind']>[] =>
  Object.entries(PRICE_LIST_KINDS).map(([value, label]) => ({
    value: value as PriceListData['kind'],
    label: label(),
  }))

const ROUNDING_NAMES: Readonly<Record<Rounding, () => string>> = {
  NONE: m.rounding_none,
  TO_5: m.rounding_to_5,
  ENDS_95: m.rounding_95,
  ENDS_99: m.rounding_99,
  ENDS_00: m.rounding_00,
}

/** What derived prices can end in. */
export const roundingOptions = (): Option<Rounding>[] =>
  ROUNDINGS.map((value) => ({ value, label: ROUNDING_NAMES[value]() }))

const DIRECTION_NAMES: Readonly<Record<RoundingDirection, () => string>> = {
  NEAREST: m.rounding_nearest,
  UP: m.rounding_up,
  DOWN: m.rounding_down,
}

/** Which way derived prices can be rounded. */
export const directionOptions = (): Option<RoundingDirection>[] =>
  ROUNDING_DIRECTIONS.map((value) => ({ value, label: DIRECTION_NAMES[value]() }))

/** Things with a name, to choose from. */
export const namedOptions = (things: readonly { readonly id: string; readonly name: string }[]): Option[] =>
  things.map(({ id, name }) => ({ value: id, label: name }))

/** The countries that the markets sell to, and those that are chosen already, by name. */
export const countryOptions = (
  markets: readonly Pick<PriceListChoicesData['markets'][number], 'countries'>[],
  chosen: readonly string[],
): Option[] => {
  const names = new Intl.DisplayNames(getLocale(), { type: 'region' })
  const codes = new Set([...markets.flatMap(({ countries }) => countries), ...chosen])
  return [...codes]
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, getLocale()))
}

type Audience = Pick<PriceListRow, 'markets' | 'channels' | 'countries' | 'customerGroups' | 'segments'>

/** Whom a list is for, in few words: everyone, or the names of what it is narrowed to. */
export const audienceOf = (list: Audience): string => {
  const names = [
    ...[...list.segments, ...list.customerGroups, ...list.channels, ...list.markets].map(({ name }) => name),
    ...list.countries,
  ]
  return names.length > 0 ? names.join(' · ') : m.price_list_everyone()
}
