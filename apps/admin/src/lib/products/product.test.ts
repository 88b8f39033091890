import { describe, expect, it } from 'vitest'
import { withText } from '#lib/editing/texts.ts'
import { definitionsAt } from './attribute-values.ts'
import { stepsOf } from './changes.ts'
import { draftOf, type ProductDraft, withoutBlankRows } from './draft.ts'
import { problemsOf, slugOf } from './problems.ts'
import { choices, product } from './sample.ts'
import { priceKey } from './variant-draft.ts'

const definitions = {
  product: definitionsAt(product.productType, 'PRODUCT'),
  variant: definitionsAt(product.productType, 'VARIANT'),
}
const priceLists = choices.priceLists

const edited = (edit: (draft: ProductDraft) => void) => {
  const base = draftOf(product, { choices, timeZone: 'UTC' })
  const draft = structuredClone(base)
  edit(draft)
  return { base, draft, steps: stepsOf(base, draft, { product, priceLists, definitions }) }
}

describe('product editor', () => {
  it('has nothing to do before something changes', () => {
    expect(edited(() => {}).steps).toEqual([])
  })

  it('sends only what changed, the product first, with every language of a text', () => {
    const { steps } = edited((draft) => {
      draft.name = withText(draft.name, 'es', 'Té')
      draft.attributes['story'] = { ca: 'Vell', en: 'Older' }
      draft.attributes['harvest'] = '2024,5'
      draft.variants['var_1']!.stock['loc_1'] = '12'
      draft.variants['var_1']!.prices[priceKey('eur', 1)]!.amount = '10.50'
      draft.variants['var_1']!.sku = 'TEA-ONE'
      draft.variants['var_1']!.attributes['tin'] = 'false'
    })
    expect(steps).toEqual([
      {
        kind: 'product',
        change: {
          name: { en: 'Tea', es: 'Té', others: [{ locale: 'ca', text: 'Te' }] },
          attributes: [
            { code: 'story', texts: { en: 'Older', es: null, others: [{ locale: 'ca', text: 'Vell' }] } },
            { code: 'harvest', number: 2024.5 },
          ],
        },
      },
      {
        kind: 'variants',
        update: [
          { id: 'var_1', ifVersion: 1, sku: 'TEA-ONE', attributes: [{ code: 'tin', boolean: false }] },
        ],
      },
      {
        kind: 'prices',
        fields: ['variants.var_1.prices.eur@1'],
        rows: [
          {
            variantId: 'var_1',
            priceListId: 'eur',
            minQuantity: 1,
            amount: { amountMinor: 1050, currency: 'EUR' },
          },
        ],
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
    expect(steps).toMatchObject([
      { kind: 'prices', rows: [{ priceListId: 'jpy', minQuantity: 10 }] },
      { kind: 'priceRemove', field: 'variants.var_1.prices.eur@1', priceId: 'price_1' },
    ])
  })

  it('switches channels with the product, and sets times for themselves', () => {
    const { steps } = edited((draft) => {
      draft.publications['chan_1'] = { on: false, from: '', until: '' }
      draft.publications['chan_2'] = { on: true, from: '2026-12-01T09:00', until: '' }
    })
    expect(steps).toEqual([
      { kind: 'product', change: { channelIds: [] } },
      {
        kind: 'publication',
        change: { on: true, from: '2026-12-01T09:00', until: '', channelIds: ['chan_2'] },
      },
    ])
    const { steps: onlyOn } = edited((draft) => (draft.publications['chan_2']!.on = true))
    expect(onlyOn).toEqual([{ kind: 'product', change: { channelIds: ['chan_1', 'chan_2'] } }])
  })

  it('sends barcodes, goods, parts and files of a variant each in one piece', () => {
    const { steps } = edited((draft) => {
      const variant = draft.variants['var_1']!
      variant.barcodes = []
      Object.assign(variant.goods, { unit: 'KILOGRAM', scale: '3', step: '10' })
      variant.components = [{ variantId: 'var_9', sku: 'CUP', name: 'Cup', quantity: '2' }]
      variant.reduction = '10'
    })
    expect(steps).toMatchObject([
      { kind: 'barcodes', barcodes: [] },
      { kind: 'goods', goods: { measure: { unit: 'KILOGRAM', scale: 3, step: 10, minimum: null } } },
      { kind: 'components', components: [{ variantId: 'var_9', quantity: 2 }], reductionPpm: 100_000 },
    ])
  })

  it('names the fields that cannot be saved as they are', () => {
    const { base, draft } = edited((draft) => {
      draft.slug = 'Green Tea'
      draft.name = { en: '  ' }
      draft.attributes['harvest'] = 'late'
      draft.publications['chan_1'] = { on: true, from: '2026-12-02T09:00', until: '2026-12-01T09:00' }
      const variant = draft.variants['var_1']!
      variant.prices[priceKey('eur', 1)]!.amount = '9.999'
      variant.stock['loc_1'] = '-1'
      variant.goods.unit = 'KILOGRAM'
      variant.components = [{ variantId: 'var_9', sku: 'CUP', name: 'Cup', quantity: 'two' }]
    })
    expect(Object.keys(problemsOf(draft, { base, priceLists, definitions })).sort()).toEqual([
      'attributes.harvest',
      'name',
      'publications.chan_1',
      'slug',
      'variants.var_1.components.0.quantity',
      'variants.var_1.goods.scale',
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
