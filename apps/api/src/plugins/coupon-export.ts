import { decodeId, may, reachOf, type Uuid } from '@hilo/kernel'
import { codesOfBatch, couponBatchesByIds } from '@hilo/promotions'
import type { Plugin } from 'graphql-yoga'
import { type ApiDependencies, createRequestContext, type Credentials } from '../request-context.ts'

/** Codes that are read and held at once. */
const PAGE = 5_000
const PATH = /^\/graphql\/coupon-batches\/([^/]{1,60})\.csv$/

type Db = ApiDependencies['database']['kysely']

/** What a spreadsheet would take for a formula is kept a text; quotes as RFC 4180 says. */
const cell = (text: string): string =>
  `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** A batch as CSV, page by page as the reader takes it: a million codes need the memory of one page. */
const csvOf = (db: Db, batchId: Uuid): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  let after = ''
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode('code,used,disabled\r\n')),
    pull: async (controller) => {
      const codes = await codesOfBatch(db, { batchId, after, limit: PAGE })
      if (codes.length === 0) return controller.close()
      after = codes.at(-1)!.code
      const rows = codes.map(({ code, used, disabled }) => `${cell(code)},${used},${disabled}\r\n`)
      controller.enqueue(encoder.encode(rows.join('')))
    },
  })
}

const refused = (status: number, code: string): Response =>
  Response.json({ error: code }, { status, headers: { 'cache-control': 'no-store' } })

/** Answers `GET /graphql/coupon-batches/<id>.csv` with the codes, to who may read the promotion. */
export const couponExport = (
  dependencies: ApiDependencies,
  credentialsOf: (initial: { readonly request: Request }) => Credentials,
): Plugin => ({
  onRequest: async (asked) => {
    const { request, url, serverContext } = asked
    const [, publicId] = PATH.exec(url.pathname) ?? []
    if (publicId === undefined || request.method !== 'GET') return
    const ctx = await createRequestContext(
      dependencies,
      credentialsOf({ ...(serverContext as object), request }),
    )
    if (!may(ctx.actor, 'promotions:read')) {
      const isGuest = ctx.actor.kind === 'guest'
      return asked.endResponse(refused(isGuest ? 401 : 403, isGuest ? 'UNAUTHENTICATED' : 'FORBIDDEN'))
    }
    const id = decodeId('couponBatch', publicId)
    const [batch] = id ? await couponBatchesByIds(ctx.db, reachOf(ctx.actor, 'promotions:read'), [id]) : []
    if (!batch) return asked.endResponse(refused(404, 'NOT_FOUND'))
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${publicId}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    }
    asked.endResponse(new Response(csvOf(ctx.db, batch.id), { headers }))
  },
})
