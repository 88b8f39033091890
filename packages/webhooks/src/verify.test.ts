import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newSecret, signedHeaders } from './sign.ts'
import { verifyWebhook } from './verify.ts'

const secret = newSecret()
const body = JSON.stringify({
  type: 'order.placed',
  timestamp: '2026-03-02T10:00:00.000Z',
  data: { id: 'order_1' },
})
const now = new Date()
const message = { id: 'msg_1', timestamp: Math.floor(now.getTime() / 1_000), body }
const headers = signedHeaders([secret], message)

const refusal = (received: Partial<Parameters<typeof verifyWebhook>[0]>) =>
  verifyWebhook({ secret, headers, body, now, ...received }).then(
    () => 'believed',
    ({ code }: { code: string }) => code,
  )

describe('a signed webhook', () => {
  it('is believed by the library of the Standard Webhooks specification', () => {
    expect(new Webhook(secret).verify(body, { ...headers })).toMatchObject({ type: 'order.placed' })
  })

  it('is believed by our own check, from a list of headers or from a Request', async () => {
    const expected = { id: 'msg_1', type: 'order.placed', data: { id: 'order_1' } }
    await expect(verifyWebhook({ secret, headers, body, now })).resolves.toMatchObject(expected)
    await expect(verifyWebhook({ secret, headers: new Headers(headers), body, now })).resolves.toMatchObject(
      expected,
    )
  })

  it('carries both signatures during a rotation, and each secret believes it', async () => {
    const next = newSecret()
    const both = signedHeaders([next, secret], message)
    expect(await refusal({ headers: both })).toBe('believed')
    expect(await refusal({ headers: both, secret: next })).toBe('believed')
    expect(new Webhook(secret).verify(body, { ...both })).toMatchObject({ type: 'order.placed' })
  })

  it('is not believed when it is forged, changed, renamed, or without a signature', async () => {
    expect(await refusal({ secret: newSecret() })).toBe('FORGED')
    expect(await refusal({ body: body.replace('order_1', 'order_2') })).toBe('FORGED')
    expect(await refusal({ headers: { ...headers, 'webhook-id': 'msg_2' } })).toBe('FORGED')
    expect(
      await refusal({ headers: { ...headers, 'webhook-timestamp': String(message.timestamp + 1) } }),
    ).toBe('FORGED')
    expect(await refusal({ headers: { ...headers, 'webhook-signature': 'v1,' } })).toBe('FORGED')
    expect(await refusal({ headers: {} })).toBe('FORGED')
  })

  it('is too old after five minutes, and from five minutes ahead', async () => {
    const later = (seconds: number) => new Date(message.timestamp * 1_000 + seconds * 1_000)
    expect(await refusal({ now: later(300) })).toBe('believed')
    expect(await refusal({ now: later(301) })).toBe('TOO_OLD')
    expect(await refusal({ now: later(-301) })).toBe('TOO_OLD')
  })

  it('is refused when its id was handled before', async () => {
    const handled = new Set(['msg_1'])
    expect(await refusal({ isKnown: (id) => handled.has(id) })).toBe('REPLAYED')
  })
})
