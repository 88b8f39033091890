import { money, formatMoney } from './money.ts'
import { type Noun, nounIn } from './nouns.ts'
import { refuse, type Err, type Refusal } from './result.ts'
import type { Locale } from './shop.ts'

/** A sentence of our own, or a part of one, in every language that they are in. */
export type Sentence = Readonly<Record<Locale, string>>

/**
 * What a fact of a refusal can be; the API's error types are made from it. Money is `{amountMinor, currency}`; a sentence
 * is said in the reader's language; a noun is one spelling for programs, and a word of the reader's in the sentence.
 */
export type FactKind = 'string' | 'int' | 'money' | 'time' | 'strings' | 'sentence' | 'noun'

interface FactTypes {
  string: string
  int: number
  money: { readonly amountMinor: bigint | number | string; readonly currency: string }
  time: string
  strings: readonly string[]
  sentence: Sentence
  noun: Noun
}

/** One refusal as documentation: its facts, and the sentence in each language with `{fact}` placeholders. */
export interface RefusalSpec {
  readonly data: Readonly<Record<string, FactKind>>
  readonly en: string
  readonly es: string
  /** What the caller can do about it, for `docs/errors.md`. */
  readonly fix: string
}

/** The refusals a slice owns, by code. */
export type RefusalCatalogue = Readonly<Record<string, RefusalSpec>>

type DataOf<Spec extends RefusalSpec> = { readonly [K in keyof Spec['data']]: FactTypes[Spec['data'][K]] }

/** The refusal with this code of a catalogue, with its typed facts. */
export type RefusalOf<C extends RefusalCatalogue, Code extends keyof C & string = keyof C & string> = {
  [K in Code]: Refusal<K, DataOf<C[K]>>
}[Code]

/**
 * A slice's refusals: the catalogue, and a `refuse` that only accepts its codes with their facts:
 * `refuse('OUT_OF_STOCK', { sku, requested, available }, ['lines'])`.
 */
export const defineRefusals = <const C extends RefusalCatalogue>(catalogue: C) => ({
  catalogue,
  refuse: <Code extends keyof C & string>(
    code: Code,
    data: DataOf<C[Code]>,
    path: readonly string[] = [],
  ): Err<RefusalOf<C, Code>> => refuse(code, data, path),
})

/** The refusals any noun can have; slices use these rather than their own. */
export const COMMON = defineRefusals({
  NOT_FOUND: {
    data: { kind: 'noun', id: 'string' },
    en: 'There is no {kind} {id}, or it is not yours to see.',
    es: 'No existe {kind} {id}, o no está a tu alcance.',
    fix: 'Check the id and who is signed in.',
  },
  INVALID_ID: {
    data: { kind: 'noun', id: 'string' },
    en: '{id} cannot be the id of any {kind}.',
    es: 'El identificador {id} no es válido para {kind}.',
    fix: 'Send the id as the API gave it, such as prod_01j….',
  },
  INVALID_INPUT: {
    data: { reason: 'sentence' },
    en: '{reason}',
    es: '{reason}',
    fix: 'Correct the field named by path.',
  },
  VERSION_CONFLICT: {
    data: { current: 'int' },
    en: 'Somebody changed this meanwhile: it is at version {current}.',
    es: 'Alguien lo ha cambiado entretanto: está en la versión {current}.',
    fix: 'Read it again, and repeat the change with the current version in ifVersion.',
  },
  IDEMPOTENCY_CONFLICT: {
    data: { key: 'string' },
    en: 'The idempotency key {key} was used for another request.',
    es: 'La clave de idempotencia {key} ya se usó para otra petición.',
    fix: 'Use a new key for a new request; the same key only repeats the same one.',
  },
  QUANTITY_INVALID: {
    data: { quantity: 'int', min: 'int', max: 'int' },
    en: 'A quantity of {quantity} is not possible: choose from {min} to {max}.',
    es: 'La cantidad {quantity} no es posible: elige de {min} a {max}.',
    fix: 'Send a whole number within the limits; to take a line away use cartLineRemove.',
  },
  PERIOD_INVALID: {
    data: {},
    en: 'This ends before it begins.',
    es: 'Esto termina antes de empezar.',
    fix: 'Send an end after the begin.',
  },
  WRONG_CURRENCY: {
    data: { currency: 'string', expected: 'string' },
    en: 'The amount is in {currency}, but this needs {expected}.',
    es: 'El importe está en {currency}, pero aquí hace falta {expected}.',
    fix: 'Send the amount in the expected currency.',
  },
  FORBIDDEN: {
    data: { permission: 'string' },
    en: 'You may not do this: it needs {permission}.',
    es: 'No puedes hacer esto: hace falta {permission}.',
    fix: 'Sign in as somebody who may, or ask for the permission.',
  },
  UNAUTHENTICATED: {
    data: {},
    en: 'Sign in first: there is no valid session.',
    es: 'Inicia sesión: no hay ninguna sesión válida.',
    fix: 'Sign in again and repeat the request with the new token.',
  },
})

/** The largest quantity of one line; a larger one is a mistake or an attack. */
export const MAX_QUANTITY = 1_000_000

/** A fact that is a sentence, in a language. What was kept before it had languages is text. */
export const sentenceIn = (fact: unknown, locale: Locale): string =>
  typeof fact === 'string' ? fact : (fact as Sentence)[locale]

/** The sentence of a refusal in a language: facts put in place, money written as the locale does. */
export const refusalMessage = (spec: RefusalSpec, refusal: Refusal, locale: Locale): string =>
  spec[locale].replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = refusal.data[name]
    if (spec.data[name] === 'money') {
      const { amountMinor, currency } = fact as FactTypes['money']
      return formatMoney(money(BigInt(amountMinor), currency), locale)
    }
    if (spec.data[name] === 'sentence') return sentenceIn(fact, locale)
    if (spec.data[name] === 'noun') return nounIn(String(fact), locale)
    return Array.isArray(fact)
      ? fact.join(', ')
      : typeof fact === 'string'
        ? fact
        : JSON.stringify(fact ?? '')
  })
