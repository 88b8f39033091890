import type { CursorKey } from '@hilo/kernel'
import type { RequestContext } from './context.ts'
import { loadMany } from './load.ts'

/** The same page of the lists of several owners. */
export interface PageOfOwners {
  readonly ownerIds: readonly string[]
  readonly after: CursorKey | undefined
  /** Rows of each list at most. */
  readonly limit: number
}

type Key = readonly [limit: number, after: CursorKey | null, ownerId: string]

/**
 * Loads a page of the list that belongs to an owner; equal pages of many owners are one statement (a lateral join), so
 * that a connection inside a list costs no statement for each row.
 */
export const loadPages = <Row>(
  load: (context: RequestContext, page: PageOfOwners) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => string,
) => {
  const byKey = loadMany<{ readonly key: string; readonly row: Row }>(
    async (context, keys) => {
      const pages = Map.groupBy(
        keys.map((key) => JSON.parse(key) as Key),
        ([limit, after]) => JSON.stringify([limit, after]),
      )
      const found = [...pages.values()].map(async (wanted) => {
        const [limit, after] = wanted[0]!
        const ownerIds = wanted.map(([, , ownerId]) => ownerId)
        const rows = await load(context, { ownerIds, limit, after: after ?? undefined })
        return rows.map((row) => ({ key: JSON.stringify([limit, after, ownerOf(row)]), row }))
      })
      return (await Promise.all(found)).flat()
    },
    ({ key }) => key,
  )
  return async (
    context: RequestContext,
    ownerId: string,
    { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
  ): Promise<readonly Row[]> =>
    (await byKey(context, JSON.stringify([limit, after ?? null, ownerId]))).map(({ row }) => row)
}
