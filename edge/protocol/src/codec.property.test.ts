import { unwrap } from '@hilo/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acknowledgement,
  catalogPrice,
  decode,
  encode,
  MAX_PAYLOAD_BYTES,
  notification,
  reading,
  replies,
  requests,
  status,
} from './index.ts'

const word = fc.string({ minLength: 1, maxLength: 16 })
const time = fc.nat({ max: 4_102_444_800_000 })
const count = fc.integer({ min: 1, max: 1_000_000 })
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const money = fc.record({
  amountMinor: fc.maxSafeInteger(),
  currency: fc.constantFrom('EUR', 'USD', 'JPY'),
  decimal: fc.constantFrom('12.50', '-3', '0.00'),
})
const base = { v: fc.constant(1), rid: optional(fc.uuid()), ts: optional(time), seq: optional(fc.nat()) }
const done = { v: fc.constant(1), rid: fc.uuid(), ok: fc.constant(true), replayed: fc.boolean() }
const failed = fc.record({
  v: fc.constant(1),
  rid: word,
  ok: fc.constant(false),
  error: fc.record({
    code: fc.constantFrom('OUT_OF_STOCK', 'INVALID_JSON'),
    message: fc.string(),
    retryable: fc.boolean(),
    retryAfter: optional(count),
  }),
})

const cases = [
  ['price request', requests.price, fc.record({ ...base, slot: word, quantity: optional(count) })],
  [
    'purchase request',
    requests.purchase,
    fc.record({
      ...base,
      sku: word,
      quantity: optional(count),
      trigger: optional(word),
      expect: optional(fc.record({ max: fc.nat(), currency: fc.constantFrom('EUR', 'JPY') })),
      test: optional(fc.boolean()),
    }),
  ],
  [
    'confirm request',
    requests.confirm,
    fc.record({ ...base, order: word, answer: fc.constantFrom('YES', 'NO') }),
  ],
  ['cancel request', requests.cancel, fc.record({ ...base, order: word })],
  ['time request', requests.time, fc.record(base)],
  [
    'purchase reply',
    replies.purchase,
    fc.oneof(
      failed,
      fc.record({
        ...done,
        status: fc.constantFrom('PLACED', 'IN_PROGRESS', 'TEST_PLACED'),
        order: optional(fc.record({ id: word, number: word })),
        total: optional(money),
        cancelBy: optional(time),
      }),
    ),
  ],
  [
    'price reply',
    replies.price,
    fc.oneof(
      failed,
      fc.record({
        ...done,
        price: fc.record({ slot: optional(word), sku: word, quantity: count, unit: money, total: money }),
      }),
    ),
  ],
  [
    'cancel reply',
    replies.cancel,
    fc.record({ ...done, status: fc.constant('CANCELLED'), order: fc.record({ id: word, number: word }) }),
  ],
  ['time reply', replies.time, fc.record({ ...done, time })],
  [
    'status',
    status,
    fc.record({
      state: fc.constantFrom('online', 'offline', 'sleep'),
      ts: optional(time),
      firmware: optional(word),
    }),
  ],
  [
    'reading',
    reading,
    fc.record({
      value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      unit: optional(word),
      ts: optional(time),
    }),
  ],
  [
    'notification',
    notification,
    fc.record({
      nid: word,
      kind: word,
      title: fc.string(),
      body: fc.string(),
      ts: time,
      expires: time,
      actions: fc.array(fc.record({ id: word, label: fc.string() })),
      data: optional(fc.record({ orderId: word, total: fc.record({ amountMinor: fc.nat() }) })),
    }),
  ],
  ['acknowledgement', acknowledgement, fc.record({ action: optional(word) })],
  [
    'catalogue price',
    catalogPrice,
    fc.record({
      v: fc.constant(1),
      version: fc.option(word),
      ts: time,
      sku: word,
      price: money,
      list: fc.option(money),
      lowestPrice30d: optional(money),
    }),
  ],
] as const

describe('decode after encode', () => {
  it.each(cases)('gives back the same %s', (_name, schema, values) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<object>, (value) => {
        expect(unwrap(decode(schema, encode(value)))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('answers any bytes with a value or a refusal, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = decode(requests.purchase, bytes)
        if (!result.ok) expect(result.error.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
      }),
    )
  })

  it('refuses what is longer than a payload may be', () => {
    const bytes = new Uint8Array(MAX_PAYLOAD_BYTES + 1).fill(32)
    expect(decode(status, bytes)).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } })
    expect(() => encode({ title: 'x'.repeat(MAX_PAYLOAD_BYTES) })).toThrow(RangeError)
  })
})
