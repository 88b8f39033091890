import type { Locale } from '@hilo/kernel'
import { traceMessage } from '@hilo/pricing'
import type { Difference } from './difference.ts'

type Sentence = readonly [en: string, es: string]

const SENTENCES: Readonly<Record<Difference['code'] | 'ONLY_HERE' | 'ONLY_THERE', Sentence>> = {
  NOT_PUBLISHED: ['It is not sold in both.', 'No se vende en los dos.'],
  NOT_PRICED: [
    'It has a price in one of them only ({miss}).',
    'Solo tiene precio en uno de los dos ({miss}).',
  ],
  CURRENCY: ['The currency is {here}, not {there}.', 'La moneda es {here}, no {there}.'],
  TAX_MODE: [
    'Prices include tax in one of them only.',
    'Los precios incluyen impuestos solo en uno de los dos.',
  ],
  MARKET_RULES: [
    'The market combines promotions by {here}, not by {there}.',
    'El mercado combina las promociones con {here}, no con {there}.',
  ],
  PRICE_LIST: [
    'The price is from the list “{list}”, not from “{otherList}”: there {missThere}, here {missHere}.',
    'El precio es de la lista «{list}», no de «{otherList}»: allí {missThere}, aquí {missHere}.',
  ],
  PRICE_ROW: [
    'Another price of the list “{list}” holds: there {missThere}, here {missHere}.',
    'Vale otro precio de la lista «{list}»: allí {missThere}, aquí {missHere}.',
  ],
  COMPONENTS: ['Its components cost something else.', 'Sus componentes cuestan otra cosa.'],
  COMPARED_PRICE: [
    'The sale of the list “{list}” is compared with another price.',
    'La rebaja de la lista «{list}» se compara con otro precio.',
  ],
  PROMOTION: ['', ''],
  ONLY_HERE: [
    'The promotion “{name}” applies here and not there: {why}',
    'La promoción «{name}» vale aquí y allí no: {why}',
  ],
  ONLY_THERE: [
    'The promotion “{name}” applies there and not here: {why}',
    'La promoción «{name}» vale allí y aquí no: {why}',
  ],
  PROMOTION_AMOUNT: [
    'The promotion “{name}” takes off another amount.',
    'La promoción «{name}» descuenta otro importe.',
  ],
}

const MISSES: Readonly<Record<string, Sentence>> = {
  CURRENCY: ['it is in another currency', 'está en otra moneda'],
  LIST_INACTIVE: ['its list is not active', 'su lista no está activa'],
  BUNDLE: ['it costs what its components do', 'cuesta lo que sus componentes'],
  OVERRIDDEN: ['the list has a price of its own', 'la lista tiene un precio propio'],
  NOT_STARTED: ['it has not begun', 'no ha empezado'],
  EXPIRED: ['it is over', 'ha terminado'],
  TIME: ['it does not hold at that time', 'no vale en ese momento'],
  MARKET: ['it is for other markets', 'es para otros mercados'],
  CHANNEL: ['it is for other channels', 'es para otros canales'],
  COUNTRY: ['it is for other countries', 'es para otros países'],
  CUSTOMER_GROUP: ['it is for other groups', 'es para otros grupos'],
  SEGMENT: ['it is for other segments', 'es para otros segmentos'],
  QUANTITY: ['it is for other quantities', 'es para otras cantidades'],
  LESS_SPECIFIC: ['another list goes before it', 'va antes otra lista'],
  LOWER_TIER: ['a higher tier goes before it', 'va antes un tramo más alto'],
  HIGHER_AMOUNT: ['a lower price goes before it', 'va antes un precio más bajo'],
  LATER_ID: ['the same price of another list goes before it', 'va antes el mismo precio de otra lista'],
}

/** What ids in the facts are called. */
export interface DifferenceNames {
  readonly listName: (id: string) => string
  readonly promotionName: (trace: NonNullable<Difference['trace']>) => string
}

const plain = (fact: unknown): string => (typeof fact === 'string' ? fact : '')

const keyOf = ({ code, facts }: Difference): keyof typeof SENTENCES =>
  code !== 'PROMOTION' ? code : facts['appliesHere'] === true ? 'ONLY_HERE' : 'ONLY_THERE'

/** A reason as a sentence for people. */
export const differenceMessage = (
  difference: Difference,
  { listName, promotionName }: DifferenceNames,
  locale: Locale,
): string => {
  const pick = ([en, es]: Sentence): string => (locale === 'es' ? es : en)
  const { facts, trace } = difference
  const text = (name: string): string => {
    const fact = facts[name]
    switch (name) {
      case 'list':
      case 'otherList':
        return typeof fact === 'string' ? listName(fact) : '–'
      case 'miss':
      case 'missHere':
      case 'missThere':
        return pick(MISSES[plain(fact)] ?? ['none', 'ninguno'])
      case 'name':
        return trace ? promotionName(trace) : ''
      case 'why':
        return trace ? traceMessage(trace, locale) : ''
      default:
        return plain(fact)
    }
  }
  return pick(SENTENCES[keyOf(difference)]).replace(/\{(\w+)\}/g, (_, name: string) => text(name))
}
