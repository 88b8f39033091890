import { TAX_CLASSES } from '@hilo/channels'
import type { FullExecutor } from '@hilo/db'
import { isUuid, NOUNS, ok, type Result, type Sentence } from '@hilo/kernel'
import { PRICING, type PromotionDefinition } from '@hilo/pricing'
import { sql } from 'kysely'
import { readNames } from './names.ts'
import { type Reference, type ReferenceKind, referencesOf } from './references.ts'

const WORDS: Readonly<Record<ReferenceKind, Sentence>> = {
  product: NOUNS.product,
  variant: NOUNS.variant,
  sku: { en: 'SKU', es: 'el SKU' },
  category: NOUNS.category,
  collection: NOUNS.collection,
  attribute: { en: 'filterable attribute', es: 'el atributo filtrable' },
  taxClass: { en: 'tax class', es: 'la clase de impuesto' },
  channel: NOUNS.channel,
  market: NOUNS.market,
  customerGroup: NOUNS.customerGroup,
  segment: NOUNS.segment,
}

const ID_NEEDED: Readonly<Partial<Record<ReferenceKind, Sentence>>> = {
  product: { en: 'must be the id of a product', es: 'debe ser el identificador de un producto' },
  variant: { en: 'must be the id of a variant', es: 'debe ser el identificador de una variante' },
}

const shortened = (key: unknown): string => String(key).slice(0, 60).toWellFormed()

const missing = ({ kind, key }: Reference): Sentence => {
  const needed = ID_NEEDED[kind]
  if (needed && !isUuid(key)) return needed
  const { en, es } = WORDS[kind]
  return {
    en: `there is no ${en} ${shortened(key)} in this shop`,
    es: `en esta tienda no existe ${es} ${shortened(key)}`,
  }
}

/** The choices of those attributes that have a list of them, by the code of the attribute. */
const choicesOf = async (
  db: FullExecutor,
  references: readonly Reference[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const codes = references.flatMap(({ kind, key, values }) => (kind === 'attribute' && values ? key : []))
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ code: string; choices: string[] }>`
    select code, array(select code from attribute_choice where attribute_id = attribute.id) as choices
    from attribute
    where code = any(${codes}::text[]) and kind in ('CHOICE', 'MULTI_CHOICE')`.execute(db)
  return new Map(rows.map(({ code, choices }) => [code, choices]))
}

/**
 * Refuses `PROMOTION_INVALID` for the first thing that a valid definition names and the shop does not have: a typo would
 * be a promotion that never applies. Loyalty tiers, kinds of devices and methods are kept in no table: any will do.
 */
export const checkReferences = async (
  db: FullExecutor,
  definition: PromotionDefinition,
): Promise<Result<null>> => {
  const references = referencesOf(definition)
  const refuse = (reason: Sentence, path: readonly string[]) =>
    PRICING.refuse('PROMOTION_INVALID', { reason }, ['definition', ...path])
  const [nameOf, choices] = await Promise.all([readNames(db, [definition]), choicesOf(db, references)])
  for (const reference of references) {
    const { kind, key, path, values = [] } = reference
    const isThere =
      kind === 'taxClass' ? (TAX_CLASSES as readonly string[]).includes(key) : nameOf(kind, key) !== undefined
    if (!isThere) return refuse(missing(reference), kind === 'attribute' ? [...path, 'code'] : path)
    const known = kind === 'attribute' ? choices.get(key) : undefined
    const strange = known ? values.findIndex((value) => !known.includes(String(value))) : -1
    if (strange !== -1) {
      const value = shortened(values[strange])
      const reason = { en: `${key} has no choice ${value}`, es: `${key} no tiene la opción ${value}` }
      return refuse(reason, [...path, 'in', String(strange)])
    }
  }
  return ok(null)
}
