import { createTestChannels } from '@hilo/channels/testing'
import { type Context, type FullExecutor, migrate } from '@hilo/db'
import { testContext } from '@hilo/db/testing'
import { takeUpload } from '../files/take-upload.ts'
import { jobNow, newExport, newImport } from './index.ts'
import { runNextTurn } from '../run/start-bulk.ts'
import { readChunks } from '../files/chunks.ts'
import type { Uuid } from '@hilo/kernel'
import { createLocations } from '@hilo/inventory'
import { insertPriceLists } from '@hilo/prices'
import { seeding } from '@hilo/catalog/testing'

const MEGABYTE = 1_048_576

const HEADER =
  'key,slug,name.en,name.es,description.en,channels,images,option:size,sku,barcodes,price,onHand\n'

/** Rows of products with two variants each, made as they are asked for. */
const rows = async function* (products: number): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from(HEADER)
  for (let from = 0; from < products; from += 500) {
    const text = Array.from({ length: Math.min(500, products - from) }, (_, index) => {
      const n = from + index
      const own = `k-${n},product-${n},Product ${n},Producto ${n},"What product ${n} is, in a sentence, or two.",web-eu|web-us,https://example.com/${n}.jpg`
      return `${own},small,SKU-${n}-S,,${(n % 90) + 10}.50,${n % 100}\nk-${n},product-${n},,,,,,large,SKU-${n}-L,,${(n % 90) + 20}.50,${n % 50}\n`
    }).join('')
    yield Buffer.from(text)
  }
}

/** The figures of one job. */
export interface Figures {
  readonly what: string
  readonly state: string
  readonly records: number
  readonly created: number
  readonly unchanged: number
  readonly refused: number
  readonly megabytes: number
  readonly seconds: number
  /** How much more memory the process held than before, at most. */
  readonly growthMb: number
}

const measured = async (ctx: Context, what: string, make: () => Promise<Uuid>): Promise<Figures> => {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
  const began = performance.now()
  const jobId = await make()
  while (await runNextTurn(ctx));
  clearInterval(watch)
  const { state, records, created, unchanged, refused, bytes } = await jobNow(ctx, jobId)
  return {
    what,
    state,
    records,
    created,
    unchanged,
    refused,
    megabytes: Math.round(bytes / MEGABYTE),
    seconds: Math.round((performance.now() - began) / 100) / 10,
    growthMb: Math.round((most - before) / MEGABYTE),
  }
}

const body = async function* (ctx: Context, jobId: Uuid) {
  yield* readChunks(ctx.db, jobId)
}

/** Imports so many products with prices and stock into a new shop, exports them, and imports what came out. */
export const proveImport = async function* (
  db: FullExecutor,
  products: number,
): AsyncGenerator<Figures, void, void> {
  await migrate(db)
  const { webEu } = await createTestChannels(db)
  const ctx = testContext(db, { channel: webEu, now: () => new Date() })
  await createLocations(db, [
    { code: 'main', name: { en: 'Main' }, kind: 'WAREHOUSE', country: 'ES', channelIds: [webEu.id] },
  ])
  await seeding(ctx, (inner) =>
    insertPriceLists(inner, [{ code: 'eur', name: { en: 'Euro' }, kind: 'BASE', currency: 'EUR' }]),
  )
  const upload = async (jobId: Uuid, file: AsyncIterable<Uint8Array>): Promise<Uuid> => {
    await takeUpload(ctx, { jobId, offset: 0, isLast: true, body: file, maxBytes: 2e9 })
    return jobId
  }
  yield await measured(ctx, 'import with prices and stock', async () =>
    upload(await newImport(ctx, { priceList: 'eur', location: 'main' }), rows(products)),
  )
  let exported: Uuid
  yield await measured(ctx, 'export', async () => (exported = await newExport(ctx, 'PRODUCTS', 'JSONL')))
  yield await measured(ctx, 'import of what came out', async () =>
    upload(await newImport(ctx, { format: 'JSONL' }), body(ctx, exported)),
  )
}
