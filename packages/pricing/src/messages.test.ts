import type { Locale } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import type { PromotionDefinition } from './definition.ts'
import { price } from './price.ts'
import { promotionSummary } from './promotion-summary.ts'
import { SKIP_CODES } from './trace.ts'
import { codeMessage, traceMessage } from './trace-message.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

type Sketch = Pick<PromotionDefinition, 'effect'> & Partial<PromotionDefinition>

const message = (definition: Sketch, locale: Locale): string => {
  const cart = { lines: lines({ price: 3760 }), delivery: { amountMinor: 495n, taxClass: 'ZERO' } }
  return plain(traceMessage(price(cart, context(), snapshot([promotion('p', definition)])).trace[0]!, locale))
}

const fifty: Sketch['conditions'] = [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 5000 } }]

describe('traceMessage', () => {
  it.each<[Sketch, string, string]>([
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: fifty },
      '€12.40 more for free delivery',
      '12,40 € más para envío gratis',
    ],
    [
      { effect: { kind: 'PERCENT', ratePpm: 107_500, target: 'ORDER' }, conditions: fifty },
      '€12.40 more for 10.75 % off the order',
      '12,40 € más para 10,75 % de descuento en el pedido',
    ],
    [
      {
        effect: { kind: 'AMOUNT', amounts: { EUR: 500, USD: 600 }, target: 'ORDER' },
        conditions: [{ kind: 'MIN_QUANTITY', quantity: 2 }],
      },
      '1 more unit for €5.00 off the order',
      '1 unidad más para 5,00 € de descuento en el pedido',
    ],
    [
      { effect: { kind: 'CHEAPEST', ratePpm: 1_000_000, every: 3 } },
      '2 more units for the cheapest of every 3 free',
      '2 unidades más para el más barato de cada 3 gratis',
    ],
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: [{ kind: 'DISTINCT_ITEMS', quantity: 3 }] },
      '2 more different items for free delivery',
      '2 artículos distintos más para envío gratis',
    ],
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: [{ kind: 'ORDER_COUNT', atMost: 0 }] },
      'Sign in for free delivery',
      'Inicia sesión para envío gratis',
    ],
    [
      {
        effect: { kind: 'FREE_DELIVERY' },
        conditions: [{ kind: 'PAYMENT_METHOD', methods: ['card', 'wallet'] }],
      },
      'Pay with card or wallet for free delivery',
      'Paga con card o wallet para envío gratis',
    ],
    [
      {
        effect: { kind: 'GIFT', variant: 'mug' },
        conditions: [{ kind: 'DELIVERY_METHOD', methods: ['pickup'] }],
      },
      'Choose pickup for a gift',
      'Elige pickup para un regalo',
    ],
    [
      { effect: { kind: 'POINTS', points: 1500, per: { EUR: 100 } }, conditions: fifty },
      '€12.40 more for 1,500 points for every €1.00',
      '12,40 € más para 1500 puntos por cada 1,00 €',
    ],
    [
      {
        effect: { kind: 'AMOUNT', amounts: { EUR: 123_400 }, target: 'ORDER' },
        conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 1_234_560 } }],
      },
      '€12,308.00 more for €1,234.00 off the order',
      '12.308,00 € más para 1234,00 € de descuento en el pedido',
    ],
    [
      {
        effect: { kind: 'FREE_DELIVERY' },
        schedule: { weekly: [{ days: ['SUN'], from: '00:00', until: '24:00' }] },
      },
      'Does not hold at this hour',
      'No es válida a esta hora',
    ],
    [{ effect: { kind: 'FREE_DELIVERY' } }, 'Applied', 'Aplicada'],
    [
      { effect: { kind: 'FREE_DELIVERY' }, audience: { loggedIn: true } },
      'Sign in to get it',
      'Inicia sesión para obtenerla',
    ],
    ...[
      { segments: ['loyal'] },
      { customerGroups: ['vip'] },
      { loyaltyTiers: ['gold'] },
      { firstOrder: true },
    ].map((audience): [Sketch, string, string] => [
      { effect: { kind: 'FREE_DELIVERY' }, audience: { loggedIn: true, ...audience } },
      'Is for some customers: sign in to see whether you are one of them',
      'Es para algunos clientes: inicia sesión para ver si eres uno de ellos',
    ]),
    [{ effect: { kind: 'FREE_DELIVERY' }, trigger: 'COUPON' }, 'Needs a code', 'Necesita un código'],
  ])('says in both languages what %o lacks', (definition, en, es) => {
    expect(message(definition, 'en')).toBe(en)
    expect(message(definition, 'es')).toBe(es)
  })

  it('has a sentence for every code', () => {
    const [entry] = price(
      { lines: [] },
      context(),
      snapshot([promotion('p', { effect: { kind: 'FREE_DELIVERY' } })]),
    ).trace
    for (const code of SKIP_CODES) {
      expect(traceMessage({ ...entry!, code }, 'en')).not.toBe('')
      expect(traceMessage({ ...entry!, code }, 'es')).not.toBe(traceMessage({ ...entry!, code }, 'en'))
    }
  })

  it('has a sentence for a code nobody knows', () => {
    const [code] = price({ lines: [], couponCodes: ['X'] }, context(), snapshot()).codes
    expect(codeMessage(code!, 'en')).toBe('There is no such code')
    expect(codeMessage(code!, 'es')).toBe('Ese código no existe')
  })
})

describe('promotionSummary', () => {
  const NAMES: Readonly<Record<string, { readonly en: string; readonly es: string }>> = {
    'category:coffee': { en: 'Coffee', es: 'Café' },
    'category:tea': { en: 'Tea', es: 'Té' },
    'market:eu': { en: 'Europe', es: 'Europa' },
    'channel:corner': { en: 'Corner shop', es: 'La tienda de la esquina' },
    'customerGroup:vip': { en: 'Friends', es: 'Amigos' },
  }
  const summary = (definition: Sketch, locale: Locale) =>
    plain(
      promotionSummary(
        { v: 1, trigger: 'AUTOMATIC', ...definition },
        (kind, key) => NAMES[`${kind}:${key}`],
        locale,
      ),
    )
  const tenth: Sketch['effect'] = { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' }

  it.each<[Sketch, string, string]>([
    [
      { effect: tenth, items: { category: ['coffee'] }, channels: { kinds: ['DEVICE'] } },
      '10 % off coffee on devices',
      '10 % de descuento en café en dispositivos',
    ],
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: [{ kind: 'ORDER_COUNT', atLeast: 0 }] },
      'free delivery after 0 orders',
      'envío gratis a partir de 0 pedidos',
    ],
    [
      {
        effect: tenth,
        conditions: [
          { kind: 'ORDER_COUNT', atLeast: 1 },
          { kind: 'MIN_QUANTITY', quantity: 1 },
        ],
      },
      '10 % off after 1 order from 1 unit',
      '10 % de descuento a partir de 1 pedido desde 1 unidad',
    ],
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: [{ kind: 'ORDER_COUNT', atLeast: 1, atMost: 3 }] },
      'free delivery after 1 to 3 orders',
      'envío gratis de 1 a 3 pedidos',
    ],
    [
      { effect: { kind: 'FREE_DELIVERY' }, conditions: fifty, markets: ['eu'] },
      'free delivery from €50.00 in Europe',
      'envío gratis desde 50,00 € en Europa',
    ],
    [
      {
        effect: tenth,
        trigger: 'COUPON',
        audience: { customerGroups: ['vip'] },
        channels: { kinds: ['WEB', 'STORE'], codes: ['corner'] },
      },
      '10 % off on the web, in stores, and in Corner shop for Friends with a code',
      '10 % de descuento en la web, en tiendas y en La tienda de la esquina para Amigos con código',
    ],
    [
      {
        effect: {
          kind: 'BUY_X_GET_Y',
          buy: { quantity: 2, items: { category: ['coffee'] } },
          get: { quantity: 1, items: { category: ['tea'] } },
        },
      },
      'buy 2 × coffee, get 1 × tea free',
      'compra 2 × café y llévate 1 × té gratis',
    ],
    [
      {
        effect: { kind: 'AMOUNT', amounts: { EUR: 500, USD: 550 }, target: 'ITEM' },
        items: { any: [{ category: ['coffee'] }, { sku: ['A', 'B', 'C', 'D'] }] },
      },
      '€5.00 / $5.50 off each coffee or A, B, C, and 1 more',
      '5,00 € / 5,50 US$ de descuento por unidad en café o A, B, C y 1 más',
    ],
    [
      {
        effect: {
          kind: 'BUNDLE',
          parts: [
            { quantity: 1, items: { sku: ['POT'] } },
            { quantity: 2, items: { category: ['tea'] } },
          ],
          amounts: { EUR: 1990 },
        },
      },
      'POT + 2 × tea for €19.90',
      'POT + 2 × té por 19,90 €',
    ],
    [
      {
        effect: {
          kind: 'TIERED',
          target: 'ORDER',
          tiers: [
            { quantity: 3, ratePpm: 100_000 },
            { quantity: 6, ratePpm: 200_000 },
          ],
        },
      },
      '10 % to 20 % off',
      'de 10 % a 20 % de descuento',
    ],
    [
      {
        effect: { kind: 'FIXED_PRICE', amounts: { EUR: 800 }, target: 'ITEM' },
        items: { not: { category: ['tea'] } },
      },
      'everything but tea for €8.00',
      'todo menos té por 8,00 €',
    ],
  ])('says %o as people do', (definition, en, es) => {
    expect(summary(definition, 'en')).toBe(en)
    expect(summary(definition, 'es')).toBe(es)
  })

  it.each<[Sketch, string, string]>([
    [
      {
        effect: { kind: 'GIFT', variant: 'MUG', every: 3 },
        items: { any: [{ collection: ['NEW'] }, { attribute: { code: 'size', in: ['L'], atLeast: 2 } }] },
        countries: ['ES', 'PT'],
        trigger: 'OFFER',
      },
      'MUG as a gift for every 3 units in Spain and Portugal by an offer',
      'MUG de regalo por cada 3 unidades en España y Portugal por una oferta',
    ],
    [
      {
        effect: { kind: 'POINTS', factorPpm: 1_500_000 },
        audience: {
          segments: ['loyal'],
          firstOrder: false,
          near: { latitude: 0, longitude: 0, radiusMetres: 1500 },
        },
        schedule: { weekly: [{ days: ['MON', 'TUE'], from: '17:00', until: '19:00' }] },
      },
      '1.5 times the points for loyal after the first order within 1.5 km of a place Mon, Tue 17:00–19:00',
      '1,5 veces los puntos para loyal desde el segundo pedido a menos de 1,5 km de un lugar lun, mar 17:00–19:00',
    ],
    [
      {
        effect: tenth,
        items: {
          all: [{ collection: ['NEW'] }, { attribute: { code: 'size', in: ['L', 'XL'], atLeast: 2 } }],
        },
      },
      '10 % off new size L or XL ≥ 2',
      '10 % de descuento en new size L o XL ≥ 2',
    ],
  ])('says of %o all that it says', (definition, en, es) => {
    expect(summary(definition, 'en')).toBe(en)
    expect(summary(definition, 'es')).toBe(es)
  })

  it('leaves the key where there is no name', () => {
    expect(summary({ effect: tenth, items: { product: ['prod_1'] } }, 'en')).toBe('10 % off prod_1')
  })
})
