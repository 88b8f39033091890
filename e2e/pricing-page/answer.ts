import { compilePromotion, price, type PromotionInput, traceMessage } from '@hilo/pricing'

const promotion = (id: string, definition: object): PromotionInput => {
  const compiled = compilePromotion({ v: 1, trigger: 'AUTOMATIC', ...definition })
  if (!compiled.ok) throw new Error(compiled.error.data.reason.en)
  return { id, version: 1, name: { en: id }, compiled: compiled.value }
}

const PROMOTIONS = [
  promotion('coffee', {
    items: { all: [{ collection: ['roasted'] }, { attribute: { code: 'strength', atLeast: 3 } }] },
    effect: { kind: 'PERCENT', ratePpm: 130_000, target: 'ITEM' },
  }),
  promotion('happy-hour', {
    schedule: { weekly: [{ days: ['MON'], from: '13:00', until: '15:00' }] },
    effect: { kind: 'AMOUNT', amounts: { EUR: 299 }, target: 'ORDER' },
  }),
  promotion('delivery', {
    conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 10_000 } }],
    effect: { kind: 'FREE_DELIVERY' },
  }),
  promotion('mug', { effect: { kind: 'GIFT', variant: 'mug' } }),
  promotion('points', { effect: { kind: 'POINTS', points: 1, per: { EUR: 100 } } }),
]

const variant = (id: string) => ({ variantId: id, productId: id, sku: id, taxClass: 'STANDARD' })
const row = (id: string, amountMinor: bigint) =>
  [id, [{ id, amountMinor, currency: 'EUR', minQuantity: 1, rank: 0 }]] as const

/** What a cart with a little of everything costs, and why: JSON, the same wherever it runs. */
export const answer = (): string => {
  const coffee = { ...variant('coffee'), collectionSlugs: ['roasted'], attributes: { strength: [4] } }
  const cheese = { ...variant('cheese'), measure: { scale: 3 }, taxClass: 'REDUCED' }
  const priced = price(
    {
      lines: [
        { ...coffee, id: 'a', quantity: 3 },
        { ...cheese, id: 'b', quantity: 385 },
      ],
      delivery: { amountMinor: 495n, taxClass: 'STANDARD' },
    },
    {
      now: '2026-06-15T12:00:00Z',
      channel: { id: 'web', code: 'web', kind: 'WEB' },
      market: { id: 'eu', code: 'eu', currency: 'EUR', pricesIncludeTax: true, timeZone: 'Europe/Madrid' },
    },
    {
      promotions: PROMOTIONS,
      prices: new Map([row('coffee', 1999n), row('cheese', 2450n), row('mug', 900n)]),
      taxRates: { STANDARD: 210_000, REDUCED: 100_000 },
      gifts: new Map([['mug', variant('mug')]]),
    },
  )
  const messages = priced.trace.map((entry) => traceMessage(entry, 'es'))
  return JSON.stringify({ ...priced, messages }, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}
