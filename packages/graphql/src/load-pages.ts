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

type Key = readonly [limit: number, after: CursorKey | null, where: unknown, ownerId: string]

/**
 * Loads a page of the list that belongs to an owner; equal pages of many owners are one statement (a lateral join), so
 * that a connection inside a list costs no statement for each row. What else narrows the rows is `where`, plain JSON.
 */
export const loadPages = <Row, Where = undefined>(
  load: (
    context: RequestContext,
    page: PageOfOwners & { readonly where: Where | undefined },
  ) => Promise<readonly Row[]>,
  ownerOf: (row: Row) => string,
) => {
  const byKey = loadMany<{ readonly key: string; readonly row: Row }>(
    async (context, keys) => {
      const pages = Map.groupBy(
        keys.map((key) => JSON.parse(key) as Key),
        ([limit, after, where]) => JSON.stringify([limit, after, where]),
      )
      const found = [...pages.values()].map(async (wanted) => {
        const [limit, after, where] = wanted[0]!
        const ownerIds = wanted.map(([, , , ownerId]) => ownerId)
        const rows = await load(context, {
          ownerIds,
          limit,
          after: after ?? undefined,
          where: (where as Where | null) ?? undefined,
        })
        return rows.map((row) => ({ key: JSON.stringify([limit, after, where, ownerOf(row)]), row }))
      })
      return (await Promise.all(found)).flat()
    },
    ({ key }) => key,
  )
  return async (
    context: RequestContext,
    ownerId: string,
    {
      after,
      limit,
      where,
    }: { readonly after: CursorKey | undefined; readonly limit: number; readonly where?: Where | undefined },
  ): Promise<readonly Row[]> =>
    (await byKey(context, JSON.stringify([limit, after ?? null, where ?? null, ownerId]))).map(
      ({ row }) => row,
    )
}
