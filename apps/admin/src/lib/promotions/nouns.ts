import { deviceKindOptions } from '#lib/devices/kinds.ts'
import type { Localized } from '@hilo/kernel'
import type { Noun } from '@hilo/pricing'
import { request } from '#lib/api/request.ts'
import { textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { findVariants } from '#lib/price-lists/find-variants.ts'
import { taxClassOptions } from '#lib/products/choices.ts'
import type { Pick } from '#lib/ui/Picker.svelte'
import { FindNamedProducts, type PromotionChoicesData } from './promotion.ts'

/** Something that a definition can refer to. */
export interface Choice extends Pick {
  /** Its name in all languages, where they are known. */
  readonly texts?: Localized
}

const MOST_FOUND = 50

const coded = (things: readonly { readonly code: string; readonly name: string }[]): Choice[] =>
  things.map(({ code, name }) => ({ value: code, label: name, note: code }))

const RULED = new Set(['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'CHOICE', 'MULTI_CHOICE', 'COLOR'])

/** What there is of a kind when all of it is known; `undefined` when it is searched for, or nobody lists it. */
const listed = (noun: Noun, choices: PromotionChoicesData, attribute: string): Choice[] | undefined => {
  switch (noun) {
    case 'market':
      return coded(choices.markets)
    case 'channel':
      return coded(choices.channels)
    case 'customerGroup':
      return coded(choices.customerGroups)
    case 'segment':
      return choices.segments.nodes.map(({ code, name, nameTexts }) => ({
        value: code,
        label: name,
        note: code,
        texts: textsOf(nameTexts),
      }))
    case 'collection':
      return choices.collections.nodes.map(({ id, name, slug, nameTexts }) => ({
        value: id,
        label: name,
        note: slug,
        texts: textsOf(nameTexts),
      }))
    case 'category':
      return choices.categories.map(({ id, name, path }) => ({ value: id, label: name, note: path }))
    case 'attribute':
      return coded(choices.attributes.nodes.filter(({ filterable, kind }) => filterable && RULED.has(kind)))
    case 'attributeValue':
      return valuesOf(choices, attribute)
    case 'deviceKind':
      return deviceKindOptions()
    case 'taxClass':
      return taxClassOptions()
    default:
      return undefined
  }
}

const kindOf = (choices: PromotionChoicesData, code: string) =>
  choices.attributes.nodes.find((attribute) => attribute.code === code)

const valuesOf = (choices: PromotionChoicesData, code: string): Choice[] | undefined => {
  const attribute = kindOf(choices, code)
  if (attribute?.kind === 'BOOLEAN')
    return [
      { value: 'true', label: m.yes() },
      { value: 'false', label: m.no() },
    ]
  return attribute && attribute.choices.length > 0 ? coded(attribute.choices) : undefined
}

/** The value of an attribute as a definition has it: numbers and booleans are no texts there. */
export const attributeValue = (
  choices: PromotionChoicesData,
  code: string,
  text: string,
): string | number | boolean => {
  const kind = kindOf(choices, code)?.kind
  if (kind === 'BOOLEAN') return text === 'true'
  const number = Number(text.replace(',', '.'))
  return kind === 'NUMBER' && Number.isFinite(number) ? number : text
}

const searched = async (noun: Noun, text: string): Promise<Choice[] | undefined> => {
  if (noun === 'product') {
    const { products } = await request(fetch, FindNamedProducts, { search: text || null })
    return products.nodes.map(({ id, name, slug, nameTexts }) => ({
      value: id,
      label: name,
      note: slug,
      texts: textsOf(nameTexts),
    }))
  }
  if (noun !== 'variant' && noun !== 'sku') return undefined
  const found = await findVariants(text)
  return found.map(({ id, sku, name }) =>
    noun === 'sku'
      ? { value: sku, label: sku, note: name }
      : { value: id, label: `${name} (${sku})`, texts: { [getLocale()]: `${name} (${sku})` } },
  )
}

const has = ({ label, note = '' }: Choice, text: string): boolean =>
  [label, note].some((part) => part.toLocaleLowerCase().includes(text.toLocaleLowerCase()))

/** What a text finds among the things of a kind. What nobody keeps a list of is taken as it is typed. */
export const findChoices = async (
  noun: Noun,
  text: string,
  { choices, attribute }: { readonly choices: PromotionChoicesData; readonly attribute: string },
): Promise<readonly Choice[]> => {
  const all = listed(noun, choices, attribute)
  if (all) return all.filter((choice) => has(choice, text)).slice(0, MOST_FOUND)
  const found = await searched(noun, text)
  if (found) return found
  return text ? [{ value: text, label: text, note: m.promotion_code_as_typed() }] : []
}

/** What a key is called when it is one of a list. */
export const listedLabel = (
  noun: Noun,
  key: string,
  { choices, attribute }: { readonly choices: PromotionChoicesData; readonly attribute: string },
): string | undefined => listed(noun, choices, attribute)?.find(({ value }) => value === key)?.label
