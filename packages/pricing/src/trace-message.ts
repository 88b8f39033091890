import type { Locale } from '@hilo/kernel'
import { CONDITIONS } from './conditions.ts'
import { effectKindOf } from './effects.ts'
import { moneyIn, percentIn, type Phrasing } from './phrasing.ts'
import type { ConditionKindName } from './conditions.ts'
import type { CodeOutcome, TraceCode, TraceEntry } from './trace.ts'

type PlainCode = Exclude<TraceCode, ConditionKindName> | 'UNKNOWN_CODE' | 'ALREADY_APPLIED'

const SENTENCES: Readonly<Record<PlainCode, Readonly<Record<Locale, string>>>> = {
  APPLIED: { en: 'Applied', es: 'Aplicada' },
  CODE_REQUIRED: { en: 'Needs a code', es: 'Necesita un código' },
  NOT_STARTED: { en: 'Has not started yet', es: 'Todavía no ha empezado' },
  EXPIRED: { en: 'Has ended', es: 'Ya ha terminado' },
  CHANNEL: { en: 'Does not hold in this channel', es: 'No es válida en este canal' },
  MARKET: { en: 'Does not hold in this market', es: 'No es válida en este mercado' },
  CURRENCY: { en: 'Does not hold in this currency', es: 'No es válida en esta moneda' },
  LOGIN_REQUIRED: { en: 'Sign in to get it', es: 'Inicia sesión para obtenerla' },
  AUDIENCE: { en: 'Is for other customers', es: 'Es para otros clientes' },
  LIMIT_REACHED: { en: 'Has been used up', es: 'Se ha agotado' },
  CUSTOMER_LIMIT: { en: 'You have used it already', es: 'Ya la has usado' },
  BUDGET_SPENT: { en: 'Its budget is spent', es: 'Su presupuesto se ha agotado' },
  NO_ELIGIBLE_ITEMS: { en: 'Nothing in the cart qualifies', es: 'Nada de la cesta entra en la promoción' },
  NO_DELIVERY: { en: 'There is no delivery to reduce', es: 'No hay envío que rebajar' },
  NOT_COMBINABLE: { en: 'Cannot be combined with another promotion', es: 'No se combina con otra promoción' },
  LOST_TO: { en: 'Another promotion is better for you', es: 'Otra promoción te conviene más' },
  NOTHING_TO_DISCOUNT: { en: 'There is nothing left to reduce', es: 'No queda nada que rebajar' },
  UNKNOWN_CODE: { en: 'There is no such code', es: 'Ese código no existe' },
  ALREADY_APPLIED: { en: 'This code is in use already', es: 'Este código ya está en uso' },
}

/** The sentence that explains a trace entry to a shopper: "12,40 € más para envío gratis". */
export const traceMessage = (entry: TraceEntry, locale: Locale): string => {
  const say: Phrasing = {
    locale,
    percent: (ratePpm) => percentIn(ratePpm, locale),
    money: (fact) => moneyIn(fact, locale),
    amounts: (amounts) =>
      moneyIn({ amountMinor: amounts[entry.currency] ?? 0, currency: entry.currency }, locale),
    items: () => '',
    eligible: undefined,
  }
  const reward = effectKindOf(entry.effect).phrase(entry.effect, say)
  if (entry.code in CONDITIONS) {
    return CONDITIONS[entry.code as ConditionKindName].message(entry.facts, reward, say)
  }
  return SENTENCES[entry.code as PlainCode][locale]
}

/** The sentence about a coupon code whose promotion has no trace entry to speak for it. */
export const codeMessage = ({ reason }: CodeOutcome, locale: Locale): string =>
  SENTENCES[reason as PlainCode][locale]
