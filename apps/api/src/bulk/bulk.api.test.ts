import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestStaff } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { startEventFeed } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { runAll } from '@hilo/bulk/testing'
import { type Actor, grant, newId, type Permission } from '@hilo/kernel'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import '../schema.ts'
import { createBulkRoutes } from './routes.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)
const feed = await startEventFeed(database)
const worker = testContext(db, { channel: webEu })
const staffOf = async (permission: Permission): Promise<Actor> => {
  const { id: staffId } = await createTestStaff(worker, { permissions: [permission] })
  return { kind: 'staff', staffId, sessionId: newId(), grants: [grant([permission])] }
}
const ctx = { ...testContext(db, { channel: webEu, actor: await staffOf('catalog:write') }), feed }
let now = ctx.now()

const server = createServer(
  createBulkRoutes({ database, clock: () => now, logger: pino({ level: 'silent' }), maxBytes: 3_000_000 }),
)
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await feed.close()
})

interface Job {
  readonly id: string
  readonly uploadUrl: string
  readonly fileUrl: string
  readonly reportUrl: string
  readonly state: string
  readonly created: number
  readonly refusals: readonly { readonly line: number; readonly code: string; readonly message: string }[]
}

const FIELDS =
  'id state uploadUrl fileUrl reportUrl created refused refusals { line path code message } warnings { column }'

const create = async (input: string, from = ctx) => {
  const { data, errors } = await ask<{ bulkImportCreate: { job: Job; userErrors: { code: string }[] } }>(
    `mutation { bulkImportCreate(input: { kind: PRODUCTS, format: CSV ${input} }) { job { ${FIELDS} } userErrors { code } } }`,
    { ctx: from },
  )
  expect(errors).toBeUndefined()
  return data.bulkImportCreate
}

const jobNow = async (id: string): Promise<Job> =>
  (await ask<{ bulkJob: Job }>(`{ bulkJob(id: "${id}") { ${FIELDS} } }`, { ctx })).data.bulkJob

const put = (url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(base + url, { method: 'PUT', body, headers })

test('a file comes in by parts over a signed link, is imported with progress, and its report goes out', async () => {
  const { job } = await create('')
  expect(job.state).toBe('UPLOADING')
  const heard = await listen<{ bulkJobChanged: { job: Job } }>(
    `subscription { bulkJobChanged(id: "${job.id}") { job { state } } }`,
    { ctx },
  )
  const file = 'slug,name,sku\ntea,Tea,TEA\nbad,Bad," B"\n'
  const first = await put(job.uploadUrl, file.slice(0, 10), { 'Upload-Complete': '?0' })
  expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '10'])
  const wrong = await put(job.uploadUrl, 'x', { 'Upload-Offset': '3' })
  expect([wrong.status, wrong.headers.get('upload-offset')]).toEqual([409, '10'])
  const head = await fetch(base + job.uploadUrl, { method: 'HEAD' })
  expect(head.headers.get('upload-offset')).toBe('10')
  expect((await put(job.uploadUrl, file.slice(10), { 'Upload-Offset': '10' })).status).toBe(204)
  await runAll(worker)
  const states: string[] = []
  for await (const { data } of heard) {
    states.push(data.bulkJobChanged.job.state)
    if (states.at(-1) === 'DONE') break
  }
  expect(states.at(-1)).toBe('DONE')
  const done = await jobNow(job.id)
  expect(done).toMatchObject({ state: 'DONE', created: 1, refusals: [{ line: 3, code: 'SKU_INVALID' }] })
  const report = await (await fetch(base + done.reportUrl)).text()
  expect(report).toContain('3,bad,variants.0.sku,SKU_INVALID,')
  expect(report).toContain('no es un SKU')
  expect((await put(job.uploadUrl, file)).status).toBe(409)
})

test('a link of another job, for another use, or that has ended, opens nothing; a file that is too large is refused', async () => {
  const { job } = await create('')
  expect((await put(job.uploadUrl.replace('/upload/', '/file/'), 'x')).status).toBe(403)
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('')
  for (const sign of signs.filter((each) => each !== job.uploadUrl.at(-1))) {
    const changed = await fetch(base + job.uploadUrl.slice(0, -1) + sign, { method: 'HEAD' })
    expect(changed.status).toBe(403)
  }
  expect((await put(job.uploadUrl, new Uint8Array(3_000_001))).status).toBe(413)
  now = new Date(now.getTime() + 25 * 3_600_000)
  const ended = await put(job.uploadUrl, 'x', { 'accept-language': 'es' })
  now = ctx.now()
  expect([ended.status, await ended.text()]).toEqual([403, expect.stringContaining('Este enlace')])
})

test('an export goes out over a signed link; nobody else sees a job, and nobody makes one without the permission', async () => {
  const { data } = await ask<{ bulkExportCreate: { job: Job } }>(
    'mutation { bulkExportCreate(input: { kind: PRODUCTS, format: CSV, formulaSafe: true }) { job { id fileUrl } } }',
    { ctx },
  )
  expect(data.bulkExportCreate.job.fileUrl).toBeNull()
  await runAll(worker)
  const { fileUrl } = await jobNow(data.bulkExportCreate.job.id)
  const answer = await fetch(base + fileUrl)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="products-.*\.csv"$/)
  expect(await answer.text()).toContain('tea')
  const other = { ...ctx, actor: await staffOf('promotions:write') }
  expect(
    (await ask(`{ bulkJob(id: "${data.bulkExportCreate.job.id}") { id } }`, { ctx: other })).errors,
  ).toHaveLength(1)
  expect((await create('', other as typeof ctx)).userErrors).toEqual([{ code: 'FORBIDDEN' }])
})

test('what customers write is no formula to who opens their export, unless that is asked for', async () => {
  const names = ['=HYPERLINK("https://evil.example")', '+1', '@SUM(1)', '-2', '\uff1d1+1']
  for (const name of names) await createTestCustomer(worker, { name })
  const reader = { ...ctx, actor: await staffOf('customers:write') }
  const exported = async (more: string) => {
    const { data } = await ask<{ bulkExportCreate: { job: Job } }>(
      `mutation { bulkExportCreate(input: { kind: CUSTOMERS, format: CSV ${more} }) { job { id } } }`,
      { ctx: reader },
    )
    await runAll(worker)
    const { data: done } = await ask<{ bulkJob: Job }>(
      `{ bulkJob(id: "${data.bulkExportCreate.job.id}") { fileUrl } }`,
      { ctx: reader },
    )
    return (await fetch(base + done.bulkJob.fileUrl)).text()
  }
  const formula = /(?:^|,)"?[=+@\-\uff1d]/m
  expect(await exported('')).not.toMatch(formula)
  expect(await exported('')).toContain("'=HYPERLINK")
  expect(await exported(', formulaSafe: false')).toMatch(formula)
})

test('a shop has at most 20 open jobs; a list of them is one statement, and one more with their refused rows', async () => {
  const made = []
  for (let n = 0; n < 20; n += 1) made.push(await create(''))
  expect(made.at(-1)!.userErrors).toEqual([{ code: 'BULK_TOO_MANY_JOBS' }])
  const { statements } = await recordStatements(() =>
    ask('{ bulkJobs(first: 50, state: UPLOADING) { nodes { id state uploadUrl } } }', { ctx }),
  )
  expect(statements).toHaveLength(1)
  const told = await recordStatements(() =>
    ask('{ bulkJobs(first: 50) { nodes { id refusals { line code } } } }', { ctx }),
  )
  expect(told.statements).toHaveLength(2)
  for (const { job } of made)
    if (job)
      await ask(`mutation { bulkJobCancel(input: { id: "${job.id}" }) { userErrors { code } } }`, { ctx })
  expect((await create('')).userErrors).toEqual([])
})

test('up to 200 products are said at once, each whole or refused by itself, in few statements for new ones', async () => {
  const upsert = async (products: readonly object[]) => {
    const source = `mutation ($products: [JSON!]!) { productsUpsert(input: { products: $products }) {
      results { index status productId userErrors { code path } } userErrors { code } } }`
    const { data, errors } = await ask<{
      productsUpsert: { results: { status: string; userErrors: object[] }[]; userErrors: object[] }
    }>(source, { ctx, variables: { products } })
    expect(errors).toBeUndefined()
    return data.productsUpsert
  }
  const some = Array.from({ length: 100 }, (_, n) => ({
    key: `u-${n}`,
    slug: `u-${n}`,
    name: { en: `U ${n}` },
    variants: [{ sku: `U-${n}` }],
  }))
  const { result, statements } = await recordStatements(() => upsert(some))
  expect(result.results.every(({ status }) => status === 'CREATED')).toBe(true)
  expect(statements.length).toBeLessThan(45)
  const mixed = await upsert([
    some[0]!,
    { ...some[1], name: { en: 'New' } },
    { key: 'u-2', variants: [{ sku: 'U-3' }] },
    { slug: 7 },
  ])
  expect(mixed.results.map(({ status }) => status)).toEqual(['UNCHANGED', 'UPDATED', 'REFUSED', 'REFUSED'])
  expect(mixed.results[2]!.userErrors).toEqual([
    { code: 'ROW_KEYS_DIFFER', path: ['products', '2', 'variants', '0', 'sku'] },
  ])
  expect((await upsert(Array.from({ length: 201 }, () => ({})))).userErrors).toEqual([{ code: 'TOO_MANY' }])
})
