import { newId } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { createTestShop, type Headers } from '../testing/shop.ts'

const { api, ctx, people, ids } = await createTestShop()

const ask = (id: string, headers: Headers) =>
  api.fetch(`http://localhost/graphql/coupon-batches/${id}.csv`, { headers })

it('gives staff the codes of a batch as CSV, page by page, and nobody else', async () => {
  const { db } = ctx
  const batch = await db.selectFrom('coupon_batch').select(['id', 'promotion_id']).executeTakeFirstOrThrow()
  const codes = Array.from({ length: 12_001 }, (_, index) => `=${String(index).padStart(6, '0')}`)
  for (let from = 0; from < codes.length; from += 5_000) {
    const rows = codes.slice(from, from + 5_000).map((code) => ({
      id: newId(),
      promotion_id: batch.promotion_id,
      batch_id: batch.id,
      code,
    }))
    await db.insertInto('coupon').values(rows).execute()
  }
  const answer = await ask(ids.couponBatch, people.staff)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).split('\r\n')
  expect(lines).toHaveLength(12_003)
  expect(lines.slice(0, 2)).toEqual(['code,used,disabled', `"'=000000",0,false`])
  const statusFor = async (headers: Headers, id = ids.couponBatch) => (await ask(id, headers)).status
  expect(await statusFor(people.guest)).toBe(401)
  expect(await statusFor(people.stranger)).toBe(403)
  expect(await statusFor(people.far)).toBe(404)
  expect(await statusFor(people.staff, ids.promotion)).toBe(404)
})
