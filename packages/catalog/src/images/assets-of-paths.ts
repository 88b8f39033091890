import { assetsByIds, readPath } from '@hilo/assets'
import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** The public assets that these addresses lead to, by address; others are elsewhere, or nothing any more. */
export const assetsOfPaths = async (
  db: Executor<'asset'>,
  urls: readonly string[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const asked = urls.flatMap((url) => {
    const id = readPath(url)?.id
    return id ? [[url, id] as const] : []
  })
  if (asked.length === 0) return new Map()
  const found = await assetsByIds(
    db,
    asked.map(([, id]) => id),
    { seesAll: false },
  )
  const known = new Set(found.map(({ id }) => id))
  return new Map(asked.filter(([, id]) => known.has(id)))
}
