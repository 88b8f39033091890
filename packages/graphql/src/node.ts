import { COMMON, decodeId, type IdKind, type Uuid } from '@hilo/kernel'
import { builder } from './builder.ts'
import type { RequestContext } from './context.ts'
import { loadAll, loadOne } from './load.ts'
import { refusalError } from './user-error.ts'

/**
 * Starts a noun with an id: its object ref, and `byId`, the scoped loader behind `node(id)`, fields and payloads alike.
 * `load` must leave out rows that the actor may not see. The type is completed with `implementNode`.
 */
export const defineNode = <Row extends { readonly id: Uuid }>(
  name: string,
  load: (context: RequestContext, ids: Uuid[]) => Promise<readonly Row[]>,
) => {
  const byId = loadOne(load, (row) => row.id)
  const ref = builder.objectRef<Row>(name)
  const kind = (name.charAt(0).toLowerCase() + name.slice(1)) as IdKind
  return {
    ref,
    byId,
    /** Options for `builder.node(ref, { ...options, description, fields })`. */
    options: {
      id: { resolve: (row: Row): string => row.id },
      isTypeOf: undefined,
      loadManyWithoutCache: (ids: string[], context: RequestContext) => loadAll(byId, context, ids),
    },
    /** The row of a public id in a query; throws `INVALID_ID` or `NOT_FOUND` as top-level errors. */
    require: async (context: RequestContext, publicId: string): Promise<Row> => {
      const id = decodeId(kind, publicId)
      const shown = { kind, id: publicId.slice(0, 60) }
      if (!id) throw refusalError(COMMON.refuse('INVALID_ID', shown).error, context)
      const row = await byId(context, id)
      if (!row) throw refusalError(COMMON.refuse('NOT_FOUND', shown).error, context)
      return row
    },
  }
}
