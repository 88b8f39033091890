import { COMMON, type Localized, ok, type Result, type Sentence, type Uuid } from '@hilo/kernel'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkCount, checkText, firstRefusal, MAX_LANGUAGES } from '../text.ts'
import {
  type AnyTextKind,
  fieldsOf,
  isOfPart,
  longest,
  type TextField,
  type TextKind,
} from './text-sources.ts'

/** Most texts of one request. */
export const MAX_TRANSLATIONS = 1_000

/** A text in the language of the request. */
export interface Translation<Kind extends AnyTextKind = TextKind> {
  readonly kind: Kind
  readonly id: Uuid
  readonly field: TextField
  /** The code of the attribute or of the choice; empty of other texts. */
  readonly part: string
  readonly text: string
  /** Refused when its thing has another version. */
  readonly ifVersion: number | null
  /** Its place in the request. */
  readonly index: number
}

/** A text that was another before. */
export interface ChangedText extends Pick<Translation, 'kind' | 'id' | 'field' | 'part'> {
  readonly before: Localized
  readonly after: Localized
}

const invalid = (reason: Sentence, path: readonly string[]) =>
  COMMON.refuse('INVALID_INPUT', { reason }, path)

const shape = ({ kind, field, part, index }: Translation<AnyTextKind>): Result<unknown> => {
  const path = ['translations', String(index)]
  if (!fieldsOf(kind).includes(field))
    return invalid({ en: `This has no ${field}.`, es: `Esto no tiene ${field}.` }, [...path, 'field'])
  if (isOfPart(field) === (part !== '')) return ok(null)
  const reason =
    part === ''
      ? { en: `${field} needs the code of its part.`, es: `${field} necesita el código de su parte.` }
      : { en: `${field} has no parts.`, es: `${field} no tiene partes.` }
  return invalid(reason, [...path, 'part'])
}

/** Refuses too many texts, fields that a thing does not have, and texts that are empty or longer than any of their kind. */
export const checkTranslations = (translations: readonly Translation<AnyTextKind>[]): Result<unknown> =>
  firstRefusal([
    checkCount(translations, MAX_TRANSLATIONS, ['translations']),
    ...translations.flatMap((each) => [
      shape(each),
      checkText(each.text, {
        max: longest(each.kind, each.field),
        path: ['translations', String(each.index), 'text'],
      }),
    ]),
  ]) ?? ok(null)

/** A text with another one in a language; refused when that makes too many languages. */
export const withLanguage = (
  before: Localized,
  locale: string,
  { text, index }: Pick<Translation, 'text' | 'index'>,
): Result<Localized> => {
  const after = { ...before, [locale]: text }
  const count = Object.keys(after).length
  return count > MAX_LANGUAGES && !Object.hasOwn(before, locale)
    ? CATALOG_REFUSALS.refuse('TOO_MANY', { count, max: MAX_LANGUAGES }, [
        'translations',
        String(index),
        'text',
      ])
    : ok(after)
}
