import { type Localized, ok, type Refusal, type Result } from '@hilo/kernel'
import { CATALOG_REFUSALS } from './errors.ts'

/** Most characters of a name in one language. */
export const MAX_NAME = 200

/** Most characters of a description in one language. */
export const MAX_DESCRIPTION = 20_000

/** Most languages of one text. */
export const MAX_LANGUAGES = 50

type Path = readonly string[]

const { refuse } = CATALOG_REFUSALS

/** Control characters other than tab and line breaks: Postgres takes no U+0000, and people see none of them. */
// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

const isClean = (text: string): boolean => text.isWellFormed() && !INVISIBLE.test(text)

/** A text of at most `max` characters (UTF-16 units); empty only when `optional`. */
export const checkText = (
  text: string,
  { max, path, optional = false }: { max: number; path: Path; optional?: boolean },
): Result<string> => {
  if (!optional && text.trim() === '') return refuse('TEXT_MISSING', {}, path)
  if (text.length > max) return refuse('TEXT_TOO_LONG', { length: text.length, max }, path)
  return isClean(text) ? ok(text) : refuse('TEXT_INVALID', {}, path)
}

/** Each language of a text, by the rules of `checkText`; one must be there unless `optional`. */
export const checkLocalized = (
  text: Localized,
  { optional = false, ...options }: { max: number; path: Path; optional?: boolean },
): Result<Localized> => {
  const texts = Object.entries(text)
  if (!optional && texts.every(([, each]) => each.trim() === ''))
    return refuse('TEXT_MISSING', {}, [...options.path, 'en'])
  const refused = firstRefusal([
    checkCount(texts, MAX_LANGUAGES, options.path),
    ...texts.map(([locale, each]) =>
      checkText(each, { ...options, optional: true, path: [...options.path, locale] }),
    ),
  ])
  return refused ?? ok(text)
}

/** What stands in an address: a-z, 0-9 and single dashes. */
export const checkSlug = (slug: string, path: Path = ['slug']): Result<string> =>
  slug.length <= 200 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)
    ? ok(slug)
    : refuse('SLUG_INVALID', { slug: slug.slice(0, 60).toWellFormed() }, path)

/** A SKU: 1 to 64 visible characters. */
export const checkSku = (sku: string, path: Path = ['sku']): Result<string> =>
  sku.length >= 1 && sku.length <= 64 && sku === sku.trim() && isClean(sku) && !/[\t\r\n]/.test(sku)
    ? ok(sku)
    : refuse('SKU_INVALID', { sku: sku.slice(0, 64).toWellFormed() }, path)

/** Where a picture is: `https://…`, `http://…` or a path of the shop's own server. */
export const checkUrl = (url: string, path: Path = ['url']): Result<string> => {
  const isPath = /^\/(?!\/)[^\s\\]*$/.test(url)
  const isAddress = /^https?:\/\/\S+$/.test(url) && URL.canParse(url)
  return url.length <= 2_000 && isClean(url) && (isPath || isAddress)
    ? ok(url)
    : refuse('URL_INVALID', { url: url.slice(0, 60).toWellFormed() }, path)
}

/** At most `max` entries. */
export const checkCount = (entries: readonly unknown[], max: number, path: Path): Result<number> =>
  entries.length <= max ? ok(entries.length) : refuse('TOO_MANY', { count: entries.length, max }, path)

/** The first refusal among checks, or nothing when all passed. */
export const firstRefusal = (checks: readonly Result<unknown>[]) =>
  checks.find((check): check is { ok: false; error: Refusal } => !check.ok)
