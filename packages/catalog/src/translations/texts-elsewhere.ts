import type { Context } from '@hilo/db'
import { type Actor, COMMON, encodeId, ok, type Result } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { KindElsewhere } from './text-sources.ts'
import type { Translation } from './translation.ts'

/** Names that a slice to the right keeps: they are read together with the catalogue's texts, and written by their slice. */
export interface TextsElsewhere {
  /** SQL: `select id, texts` of the names that the actor may read. */
  readonly texts: (actor: Actor) => RawBuilder<unknown>
  /** SQL: `select names, product_id, version` of the thing of the row `page`; see `namesOf`. */
  readonly named: RawBuilder<unknown>
  /** Gives names a language, each as its own editor would, and counts those that are another now. */
  readonly translate: (ctx: Context, said: Said) => Promise<Result<number>>
}

/** Names of one kind, each once. */
interface Said {
  readonly locale: string
  readonly translations: readonly Translation<KindElsewhere>[]
}

const registered = new Map<KindElsewhere, TextsElsewhere>()

const NONE: TextsElsewhere = {
  texts: () => sql`select null::uuid as id, '{}'::jsonb as texts where false`,
  named: sql`select null::jsonb as names, null::uuid as product_id, null::integer as version where false`,
  translate: async (_ctx, { translations: [first] }) => {
    if (!first) return ok(0)
    const { kind, id, index } = first
    return COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, id) }, ['translations', String(index), 'id'])
  },
}

/** Lets the names of a kind be told and written with the texts of the catalogue; called once, by the slice that has them. */
export const registerTexts = (kind: KindElsewhere, texts: TextsElsewhere): void => {
  registered.set(kind, texts)
}

/** The texts of a kind of another slice; none where that slice is not there. */
export const textsElsewhere = (kind: KindElsewhere): TextsElsewhere => registered.get(kind) ?? NONE

/** Has each slice write what is its own. */
export const translateElsewhere = async (
  ctx: Context,
  { locale, translations }: Said,
): Promise<Result<number>> => {
  let count = 0
  for (const [kind, said] of Map.groupBy(translations, (each) => each.kind)) {
    const written = await textsElsewhere(kind).translate(ctx, { locale, translations: said })
    if (!written.ok) return written
    count += written.value
  }
  return ok(count)
}
