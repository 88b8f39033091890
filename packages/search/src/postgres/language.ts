import { type RawBuilder, sql } from 'kysely'

/** Languages whose words Postgres can bring to their stem, by the name it calls them. */
const STEMMED: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/** SQL: the text search configuration of a language: its stems, without accents. Others have their words as they are. */
export const stemsOf = (locale: string): RawBuilder<unknown> =>
  sql.raw(`'hilo_${STEMMED[locale.split('-')[0]!] ?? 'simple'}'::regconfig`)

/** SQL: words as they are, without accents. */
export const SURFACES = sql.raw(`'hilo_simple'::regconfig`)

/** SQL: names as this language sorts them, of which there is an index; Spanish has a letter more, others the order of Unicode. */
export const sortedIn = (locale: string): RawBuilder<string> =>
  locale.split('-')[0] === 'es' ? sql`name collate "es-x-icu"` : sql`name collate "und-x-icu"`
