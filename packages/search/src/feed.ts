import type { FullExecutor } from '@hilo/db'
import type { Clock, Uuid } from '@hilo/kernel'
import { encodeId } from '@hilo/kernel'
import { readDocuments } from './document/read-documents.ts'
import type { SearchDocument } from './document/search-document.ts'

const BATCH = 200

/** A document as a line of JSON, with the ids that the API tells. */
export const feedLine = ({ productId, tags, offers, ...document }: SearchDocument): string =>
  JSON.stringify({
    id: encodeId('product', productId),
    ...document,
    tags: tags.map(({ facet, value, label }) => ({
      facet,
      value: facet === 'category' || facet === 'collection' ? encodeId(facet, value) : value,
      label,
    })),
    offers: offers.map(({ channelId, ...offer }) => ({
      channelId: encodeId('channel', channelId),
      ...offer,
    })),
  })

/** Every document, in the order of ids, in bounded memory: what another engine begins with. */
export async function* feedDocuments(db: FullExecutor, clock: Clock): AsyncGenerator<SearchDocument> {
  let after: Uuid = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await db
      .selectFrom('product')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    if (page.length === 0) return
    yield* await readDocuments(
      db,
      page.map(({ id }) => id),
      clock(),
    )
    after = page.at(-1)!.id
  }
}
