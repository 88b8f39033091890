import { seeding } from '@hilo/catalog/testing'
import type { Context } from '@hilo/db'
import { unwrap, type Uuid } from '@hilo/kernel'
import { createSynonym, type NewSynonym } from '../synonyms/save-synonym.ts'

/** Makes a synonym, two ways in English when nothing else is said: `createTestSynonym(ctx, { terms: ['cup', 'mug'] })`. */
export const createTestSynonym = (
  ctx: Context,
  synonym: Partial<NewSynonym> & Pick<NewSynonym, 'terms'>,
): Promise<Uuid> =>
  seeding(ctx, async (inner) => {
    const made = { locale: 'en', kind: 'TWO_WAY' as const, replacements: [], ...synonym }
    return unwrap(await createSynonym(inner, made)).synonymId
  })
