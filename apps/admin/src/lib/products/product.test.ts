import { describe, expect, it } from 'vitest'
import { stepsOf } from './changes.ts'
import { draftOf, priceKey, type ProductDraft, withoutBlankRows } from './draft.ts'
import { problemsOf, slugOf } from './problems.ts'
import type { ProductChoicesData, ProductData } from './product.ts'

const priceLists = [
  { id: 'eur', name: 'Europe', kind: 'BASE', currency: 'EUR' },
  { id: 'jpy', name: 'Japan', kind: 'BASE', currency: 'JPY' },
] as const satisfies ProductChoicesData['priceLists']
const locations = [
  { id: 'loc_1', name: 'Madrid', kind: 'STORE' },
  { id: 'loc_2', name: 'Berlin', kind: 'STORE' },
] as const satisfies ProductChoicesData['locations']
const places = { priceLists: [...priceLists], locations: [...locations] }

const product = {
  id: 'prod_1',
  version: 3,
  slug: 'tea',
  name: 'Tea',
  status: 'PUBLISHED',
  taxClass: 'STANDARD',
  updatedAt: '2026-11-21T10:00:00Z',
  nameTexts: {
    translations: [
      { locale: 'ca', text: 'Te' },
      { locale: 'en', text: 'Tea' },
    ],
  },
  descriptionTexts: { translations: [] },
  categories: [{ id: 'cat_b' }, { id: 'cat_a' }],
  channels: [{ id: 'chan_1' }],
  images: [],
  variants: [
    {
      id: 'var_1',
      sku: 'TEA-1',
      version: 1,
      name: '',
      nameTexts: { translations: [] },
      optionValues: [],
      prices: [
        {
          id: 'price_1',
          minQuantity: 1,
          amount: { decimal: '9.90', currency: 'EUR' },
          priceList: { id: 'eur' },
        },
      ],
      stock: [{ onHand: 5, reserved: 1, available: 4, location: { id: 'loc_1' } }],
    },
  ],
} as const satisfies ProductData

const edited = (edit: (draft: ProductDraft) => void) => {
  const base = draftOf(product, places)
  const draft = structuredClone(base)
  edit(draft)
  return { base, draft, steps: stepsOf(base, draft, { product, priceLists: places.priceLists }) }
}

describe('product editor', () => {
  it('has nothing to do before something changes', () => {
    expect(edited(() => {}).steps).toEqual([])
  })

  it('sends only what changed, the product first', () => {
    const { steps } = edited((draft) => {
      draft.name['es'] = 'Té'
      draft.variants['var_1']!.stock['loc_1'] = '12'
      draft.variants['var_1']!.prices[priceKey('eur', 1)]!.amount = '10.50'
      draft.variants['var_1']!.sku = 'TEA-ONE'
    })
    expect(steps).toEqual([
      {
        kind: 'product',
        field: '',
        change: { name: { en: 'Tea', es: 'Té', others: [{ locale: 'ca', text: 'Te' }] } },
      },
      { kind: 'variant', field: 'variants.var_1', variantId: 'var_1', change: { sku: 'TEA-ONE' } },
      {
        kind: 'price',
        field: 'variants.var_1.prices.eur@1',
        variantId: 'var_1',
        price: { priceListId: 'eur', minQuantity: 1, amount: { amountMinor: 1050, currency: 'EUR' } },
      },
      {
        kind: 'stock',
        field: 'variants.var_1.stock.loc_1',
        variantId: 'var_1',
        locationId: 'loc_1',
        onHand: 12,
      },
    ])
  })

  it('adds a price to a list, and removes one that is emptied', () => {
    const { steps } = edited((draft) => {
      const { prices } = draft.variants['var_1']!
      prices[priceKey('eur', 1)]!.amount = ''
      prices[priceKey('jpy', 10)] = { listId: 'jpy', minQuantity: 10, amount: '1600' }
      prices[priceKey('eur', 5)] = { listId: 'eur', minQuantity: 5, amount: '' }
    })
    expect(steps).toEqual([
      { kind: 'priceRemove', field: 'variants.var_1.prices.eur@1', priceId: 'price_1' },
      {
        kind: 'price',
        field: 'variants.var_1.prices.jpy@10',
        variantId: 'var_1',
        price: { priceListId: 'jpy', minQuantity: 10, amount: { amountMinor: 1600, currency: 'JPY' } },
      },
    ])
  })

  it('names the fields that cannot be saved as they are', () => {
    const { base, draft } = edited((draft) => {
      draft.slug = 'Green Tea'
      draft.name = { en: '  ' }
      draft.variants['var_1']!.prices[priceKey('eur', 1)]!.amount = '9.999'
      draft.variants['var_1']!.stock['loc_1'] = '-1'
    })
    expect(Object.keys(problemsOf(draft, { base, priceLists: places.priceLists })).sort()).toEqual([
      'name',
      'slug',
      'variants.var_1.prices.eur@1',
      'variants.var_1.stock.loc_1',
    ])
  })

  it('forgets a row of prices that was added and left empty', () => {
    const { base, draft } = edited((draft) => {
      draft.variants['var_1']!.prices[priceKey('eur', 5)] = { listId: 'eur', minQuantity: 5, amount: ' ' }
    })
    expect(withoutBlankRows(draft, base)).toEqual(base)
  })

  it('makes an address from a name', () => {
    expect(slugOf('  Té verde «Añil» 100 g ')).toBe('te-verde-anil-100-g')
  })
})
