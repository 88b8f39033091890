import type { Sentence } from '@hilo/kernel'
import type { Warning } from './job.ts'

/** Names that one warning tells. */
const MAX_NAMES = 20

const SENTENCES: Readonly<Record<Warning['reason'], (column: string, names: string) => Sentence>> = {
  UNKNOWN_COLUMN: (column) => ({
    en: `There is no field ${column}: this column was left out.`,
    es: `No existe el campo ${column}: esta columna se ha omitido.`,
  }),
  NOT_TAKEN: (column) => ({
    en: `${column} of Shopify is not taken: this column was left out.`,
    es: `${column} de Shopify no se recoge: esta columna se ha omitido.`,
  }),
  NO_CATEGORY: (_column, names) => ({
    en: `No category has these slugs, so products of these types came in without one: ${names}.`,
    es: `Ninguna categoría tiene estos slugs, así que los productos de estos tipos entraron sin ella: ${names}.`,
  }),
  NO_COLLECTION: (_column, names) => ({
    en: `No collection by hand has these slugs, so these tags were left out: ${names}.`,
    es: `Ninguna colección manual tiene estos slugs, así que estas etiquetas se han omitido: ${names}.`,
  }),
  UNLISTED: (_column, names) => ({
    en: `What only a link leads to in Shopify came in as a draft: ${names}.`,
    es: `Lo que en Shopify solo se ve con el enlace entró como borrador: ${names}.`,
  }),
}

/** What a warning says to people. */
export const warningSentence = ({ column, reason, names = [] }: Warning): Sentence =>
  SENTENCES[reason](column, `${names.join(', ')}${names.length === MAX_NAMES ? '…' : ''}`)

/** Warnings with more of them: one for each column and reason, with the first names of each. */
export const addWarnings = (warnings: readonly Warning[], more: readonly Warning[]): readonly Warning[] => {
  const merged = new Map<string, Warning>()
  for (const { column, reason, names } of [...warnings, ...more]) {
    const place = `${reason} ${column}`
    const known = [...(merged.get(place)?.names ?? []), ...(names ?? [])]
    const told = names && { names: [...new Set(known)].slice(0, MAX_NAMES) }
    merged.set(place, { column, reason, ...told })
  }
  return [...merged.values()]
}
