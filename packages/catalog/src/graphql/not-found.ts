import { refusalError, type RequestContext } from '@hilo/graphql'
import { COMMON, type Noun, NOUNS } from '@hilo/kernel'

const unnamed = (kind: Noun) => ({
  en: `Say which ${NOUNS[kind].en}: by id, or by its other key.`,
  es: `Indica ${NOUNS[kind].es}: por id o por su otra clave.`,
})

/** The answer to a query by slug or SKU that finds nothing, or that names nothing to look for. */
export const notFound = (ctx: RequestContext, kind: Noun, key: string | null | undefined): Error =>
  refusalError(
    (key == null
      ? COMMON.refuse('INVALID_INPUT', { reason: unnamed(kind) })
      : COMMON.refuse('NOT_FOUND', { kind, id: key.slice(0, 60) })
    ).error,
    ctx,
  )
