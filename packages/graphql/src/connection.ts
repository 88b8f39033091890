import type { ArgBuilder, ObjectRef } from '@pothos/core'
import { InvalidCursorError } from '@hilo/db'
import { decodeCursor, encodeCursor, type CursorKey } from '@hilo/kernel'
import { builder, type SchemaTypes } from './builder.ts'
import type { RequestContext } from './context.ts'
import { PAGING } from './paging.ts'
import { refusalError } from './user-error.ts'

/** Rows of a page when `first` is not said. */
export const DEFAULT_PAGE = 20

/** The largest page. */
export const MAX_PAGE = 1_000

/** A page of rows in the shape of the Relay connection specification. */
export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  /** Counts the whole list; called only when `totalCount` is asked for. */
  readonly count: () => Promise<number>
}

/** The connection type of a node: `ProductConnection` with edges, nodes, pageInfo and, when asked, totalCount. */
export const connectionType = <Row>(ref: ObjectRef<SchemaTypes, Row>, name: string) => {
  const edge = builder.objectRef<Connection<Row>['edges'][number]>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: ref as never, resolve: ({ node }) => node as never }),
    }),
  })
  return builder.objectRef<Connection<Row>>(`${name}Connection`).implement({
    description: `A page of ${name} by the Relay cursor connection specification.`,
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: ({ edges }) => edges }),
      nodes: t.field({
        type: [ref] as never,
        resolve: ({ edges }) => edges.map(({ node }) => node) as never,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef() as never,
        resolve: ({ pageInfo }) => pageInfo as never,
      }),
      totalCount: t.int({
        description: 'How many there are in all; costs a count, so ask only when needed.',
        resolve: ({ count }) => count(),
      }),
    }),
  })
}

/** The two arguments of every list: `args: { ...pageArgs(t.arg) }`. */
export const pageArgs = (arg: ArgBuilder<SchemaTypes>) => ({
  first: arg.int({ description: `How many rows, 1 to ${MAX_PAGE}; ${DEFAULT_PAGE} when not said.` }),
  after: arg.string({ description: 'The cursor of the last row seen.' }),
})

interface PageRequest<Row> {
  readonly args: { readonly first?: number | null; readonly after?: string | null }
  /** How many values the sort key has. */
  readonly width: number
  /** The rows after the key, at most `limit` of them; throws `InvalidCursorError` for a key of another list. */
  readonly rows: (page: {
    readonly after: CursorKey | undefined
    readonly limit: number
  }) => Promise<readonly Row[]>
  readonly keyOf: (row: Row) => CursorKey
  readonly count: () => Promise<number>
}

/** Reads one keyset page: asks for one row more than the page to know whether there is a next one. */
export const keysetConnection = async <Row>(
  context: RequestContext,
  { args, width, rows, keyOf, count }: PageRequest<Row>,
): Promise<Connection<Row>> => {
  const first = args.first ?? DEFAULT_PAGE
  if (first < 1 || first > MAX_PAGE) {
    throw refusalError(PAGING.refuse('PAGE_SIZE_INVALID', { first, max: MAX_PAGE }, ['first']).error, context)
  }
  const after = args.after ? decodeCursor(args.after, width) : undefined
  const invalidCursor = () => refusalError(PAGING.refuse('INVALID_CURSOR', {}, ['after']).error, context)
  if (args.after && !after) throw invalidCursor()
  const found = await Promise.try(() => rows({ after, limit: first + 1 })).catch((error: unknown) => {
    throw error instanceof InvalidCursorError ? invalidCursor() : error
  })
  const edges = found.slice(0, first).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count,
  }
}
