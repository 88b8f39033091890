import { refusalError, type RequestContext } from '@hilo/graphql'
import { COMMON } from '@hilo/kernel'

/** The answer to a query by slug or SKU that finds nothing, or that names nothing to look for. */
export const notFound = (ctx: RequestContext, kind: string, key: string | null | undefined): Error =>
  refusalError(
    (key == null
      ? COMMON.refuse('INVALID_INPUT', { reason: `Say which ${kind}: by id, or by its other key.` })
      : COMMON.refuse('NOT_FOUND', { kind, id: key.slice(0, 60) })
    ).error,
    ctx,
  )
