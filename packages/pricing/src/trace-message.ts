import type { Locale } from '@hilo/kernel'
import { CONDITIONS } from './conditions.ts'
import { effectKindOf } from './effects.ts'
import { listIn, moneyIn, numberIn, percentIn, type Phrasing } from './phrasing.ts'
import type { ConditionKindName } from './conditions.ts'
import type { StartOutcome, TraceCode, TraceEntry } from './trace.ts'

type PlainCode = Exclude<TraceCode, ConditionKindName> | 'UNKNOWN_CODE' | 'UNKNOWN_OFFER' | 'ALREADY_APPLIED'

const SENTENCES: Readonly<Record<PlainCode, Readonly<Record<Locale, string>>>> = {
  APPLIED: { en: 'Applied', es: 'Aplicada' },
  CODE_REQUIRED: { en: 'Needs a code', es: 'Necesita un código' },
  NOT_STARTED: { en: 'Has not started yet', es: 'Todavía no ha empezado' },
  OFFER_REQUIRED: { en: 'Is an offer to others', es: 'Es una oferta para otros' },
  EXPIRED: { en: 'Has ended', es: 'Ya ha terminado' },
  WITHDRAWN: { en: 'The code was withdrawn', es: 'El código se ha retirado' },
  PAUSED: { en: 'Is paused for now', es: 'Está en pausa por ahora' },
  CHANNEL: { en: 'Does not hold in this channel', es: 'No es válida en este canal' },
  MARKET: { en: 'Does not hold in this market', es: 'No es válida en este mercado' },
  NOT_NOW: { en: 'Does not hold at this hour', es: 'No es válida a esta hora' },
  COUNTRY: { en: 'Does not hold for this country', es: 'No es válida para este país' },
  CURRENCY: { en: 'Does not hold in this currency', es: 'No es válida en esta moneda' },
  LOGIN_REQUIRED: { en: 'Sign in to get it', es: 'Inicia sesión para obtenerla' },
  AUDIENCE: { en: 'Is for other customers', es: 'Es para otros clientes' },
  NOT_NEAR: { en: 'Holds only near the place', es: 'Solo es válida cerca del lugar' },
  LIMIT_REACHED: { en: 'Has been used up', es: 'Se ha agotado' },
  HELD: { en: 'Is kept for somebody else for a while', es: 'Está reservada un rato para otra persona' },
  CUSTOMER_LIMIT: { en: 'You have used it already', es: 'Ya la has usado' },
  BUDGET_SPENT: { en: 'Its budget is spent', es: 'Su presupuesto se ha agotado' },
  NO_ELIGIBLE_ITEMS: { en: 'Nothing in the cart qualifies', es: 'Nada de la cesta entra en la promoción' },
  NO_DELIVERY: { en: 'There is no delivery to reduce', es: 'No hay envío que rebajar' },
  GIFT_UNAVAILABLE: { en: 'The gift is not available now', es: 'El regalo no está disponible ahora' },
  NOT_COMBINABLE: { en: 'Cannot be combined with another promotion', es: 'No se combina con otra promoción' },
  LOST_TO: { en: 'Another promotion is better for you', es: 'Otra promoción te conviene más' },
  NOTHING_TO_DISCOUNT: { en: 'There is nothing left to reduce', es: 'No queda nada que rebajar' },
  NO_POINTS: { en: 'There are no points to multiply', es: 'No hay puntos que multiplicar' },
  UNREADABLE: { en: 'Its rule cannot be read', es: 'Su regla no se puede leer' },
  UNKNOWN_CODE: { en: 'There is no such code', es: 'Ese código no existe' },
  UNKNOWN_OFFER: { en: 'There is no such offer', es: 'Esa oferta no existe' },
  ALREADY_APPLIED: { en: 'This is in use already', es: 'Ya está en uso' },
}

const SOME_CUSTOMERS = {
  en: 'Is for some customers: sign in to see whether you are one of them',
  es: 'Es para algunos clientes: inicia sesión para ver si eres uno de ellos',
} as const

/** The sentence that explains a trace entry to a shopper: "12,40 € más para envío gratis". */
export const traceMessage = (entry: TraceEntry, locale: Locale): string => {
  const say: Phrasing = {
    locale,
    percent: (ratePpm) => percentIn(ratePpm, locale),
    money: (fact) => moneyIn(fact, locale),
    amounts: (amounts) =>
      moneyIn({ amountMinor: amounts[entry.currency] ?? 0, currency: entry.currency }, locale),
    number: (value) => numberIn(value, locale),
    // A shopper knows methods by their codes at best, and ids not at all.
    names: (noun, keys) => (noun === 'variant' ? '' : listIn(keys, locale, 'disjunction')),
    items: () => '',
    eligible: undefined,
  }
  const reward = effectKindOf(entry.effect).phrase(entry.effect, say)
  if (entry.code in CONDITIONS) {
    return CONDITIONS[entry.code as ConditionKindName].message(entry.facts, reward, say)
  }
  // Who signs in for it may turn out to be none of them.
  if (entry.facts['someCustomers'] === true) return SOME_CUSTOMERS[locale]
  return SENTENCES[entry.code as PlainCode][locale]
}

/** The sentence about a code or an offer whose promotion has no trace entry to speak for it. */
export const codeMessage = ({ reason }: StartOutcome, locale: Locale): string =>
  SENTENCES[reason as PlainCode][locale]
