import { encodeId, newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, matched, matches, TEST_REQUESTED } from './event-types.ts'
import { bodyOf } from './payload.ts'
import type { Answer } from './post.ts'
import { RETRY_AFTER } from './schedule.ts'
import { readSecretKey, seal, unseal } from './seal.ts'
import { decide } from './settle.ts'

const at = new Date('2026-03-02T10:00:00.000Z')

const after = (attempts: number, answer: Answer, random = 0) => {
  const { state, nextAttemptAt } = decide(
    { delivery: { id: newId(), endpointId: newId(), attempts, type: 'OrderPlaced.v1' }, answer, at },
    random,
  )
  return { state, wait: nextAttemptAt && nextAttemptAt.getTime() - at.getTime() }
}

describe('after an attempt', () => {
  it('what was answered with 2xx has arrived', () => {
    expect([200, 204, 299].map((status) => after(0, { status }).state)).toEqual(Array(3).fill('DELIVERED'))
  })

  it('what failed is tried ten times over three days, ever later', () => {
    const waits = RETRY_AFTER.map((_, attempts) => after(attempts, { status: 500 }).wait)
    expect(waits).toEqual(
      [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1_000),
    )
    expect(after(9, { error: 'TIMEOUT' })).toEqual({ state: 'FAILED', wait: null })
    expect(after(0, { status: 302 }).state).toBe('PENDING')
  })

  it('those that failed together come back apart, up to a fifth later', () => {
    expect(after(1, { status: 500 }, 1).wait).toBe(360_000)
  })

  it('a receiver that asks for time gets it, up to a day', () => {
    expect(after(0, { status: 503, retryAfter: 600 }).wait).toBe(600_000)
    expect(after(0, { status: 503, retryAfter: 999_999 }).wait).toBe(86_400_000)
    expect(after(2, { status: 503, retryAfter: 1 }).wait).toBe(1_800_000)
  })

  it('a test is not tried again', () => {
    const delivery = { id: newId(), endpointId: newId(), attempts: 0, type: TEST_REQUESTED }
    expect(decide({ delivery, answer: { status: 500 }, at }, 0).state).toBe('FAILED')
  })

  it('a receiver that is gone is left alone', () => {
    expect(after(0, { status: 410 })).toEqual({ state: 'DISABLED', wait: null })
  })
})

describe('the kinds of event', () => {
  it('have names and types of their own', () => {
    expect(new Set(EVENT_TYPES.map(({ name }) => name)).size).toBe(EVENT_TYPES.length)
    expect(new Set(EVENT_TYPES.map(({ event }) => event)).size).toBe(EVENT_TYPES.length)
    for (const { name } of EVENT_TYPES) expect(name).toMatch(/^[a-z_]+\.[a-z_]+$/)
  })

  it('are matched by their name, by what they are about, and by *', () => {
    expect(matches('order.placed', 'order.placed')).toBe(true)
    expect(matches('order.*', 'order.placed')).toBe(true)
    expect(matches('*', 'order.placed')).toBe(true)
    expect(
      ['order', 'order.', 'ord*', 'order.pla*', '', 'price.*'].map((one) => matches(one, 'order.placed')),
    ).toEqual(Array(6).fill(false))
    expect(matches('price.*', 'shelf_price.changed')).toBe(false)
    expect(matched(['webhook.test', 'webhook.*'])).toEqual([])
  })
})

describe('the body of a delivery', () => {
  it('tells the named fields with public ids, and nothing else', () => {
    const [orderId, customerId] = [newId(), newId()]
    const payload = {
      orderId,
      number: 'H-1',
      customerId,
      deviceId: null,
      slot: null,
      test: false,
      currency: 'EUR',
      totalMinor: 1_000,
      secret: 'no',
      reason: 'x',
    }
    expect(JSON.parse(bodyOf({ type: 'OrderPlaced.v1', aggregateId: orderId, payload, at }))).toEqual({
      type: 'order.placed',
      timestamp: '2026-03-02T10:00:00.000Z',
      data: {
        id: encodeId('order', orderId),
        number: 'H-1',
        customerId: encodeId('customer', customerId),
        deviceId: null,
        test: false,
        currency: 'EUR',
        totalMinor: 1_000,
      },
    })
  })
})

describe('a sealed secret', () => {
  const key = readSecretKey(Buffer.alloc(32, 1).toString('base64'))!
  const other = readSecretKey(Buffer.alloc(32, 2).toString('base64'))!

  it('opens with its key, for its row', () => {
    const sealed = seal(key, 'row', 'whsec_abc')
    expect(sealed.toString('latin1')).not.toContain('whsec')
    expect(unseal(key, 'row', sealed)).toBe('whsec_abc')
    expect(seal(key, 'row', 'whsec_abc')).not.toEqual(sealed)
  })

  it('does not open with another key, for another row, or changed', () => {
    const sealed = seal(key, 'row', 'whsec_abc')
    expect(() => unseal(other, 'row', sealed)).toThrow()
    expect(() => unseal(key, 'other row', sealed)).toThrow()
    sealed[sealed.length - 1]! ^= 1
    expect(() => unseal(key, 'row', sealed)).toThrow()
  })

  it('needs a key of 32 bytes, which shows nothing when printed', () => {
    expect(['', 'short', Buffer.alloc(31).toString('base64')].map(readSecretKey)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(JSON.stringify({ key })).not.toContain('AQEB')
  })
})
