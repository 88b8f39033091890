import type { ProductChoicesData, ProductData } from './product.ts'

const said = (texts: Readonly<Record<string, string>> = {}) => ({
  translations: Object.entries(texts).map(([locale, text]) => ({ locale, text })),
})

/** A product for tests: one variant, a localised attribute, and a text in a language beyond the two of the admin. */
export const product = {
  id: 'prod_1',
  version: 3,
  slug: 'tea',
  formerSlugs: [],
  name: 'Tea',
  status: 'PUBLISHED',
  taxClass: 'STANDARD',
  updatedAt: '2026-11-21T10:00:00Z',
  contentVersion: 4,
  nameTexts: said({ ca: 'Te', en: 'Tea' }),
  descriptionTexts: said(),
  seo: { titleTexts: said(), descriptionTexts: said(), noIndex: false, canonicalUrl: null, imageUrl: null },
  categories: [{ id: 'cat_b' }, { id: 'cat_a' }],
  publications: [{ channel: { id: 'chan_1' }, publishedFrom: null, publishedUntil: null }],
  productType: {
    id: 'type_1',
    name: 'Teas',
    attributes: [
      { level: 'PRODUCT', required: true, attribute: definition('story', 'TEXT', true) },
      { level: 'PRODUCT', required: false, attribute: definition('harvest', 'NUMBER') },
      { level: 'VARIANT', required: false, attribute: definition('tin', 'BOOLEAN') },
    ],
  },
  attributes: [
    { __typename: 'TextAttributeValue', code: 'story', text: 'Old', texts: said({ ca: 'Vell', en: 'Old' }) },
  ],
  draft: null,
  images: [],
  CROSS_SELL: [],
  UP_SELL: [],
  ACCESSORY: [],
  SIMILAR: [],
  SPARE_PART: [],
  options: [],
  archivedCount: { totalCount: 0 },
  archived: { nodes: [] },
  variants: [
    {
      id: 'var_1',
      sku: 'TEA-1',
      version: 1,
      name: '',
      archivedAt: null,
      nameTexts: said(),
      optionValues: [],
      attributes: [],
      fulfilment: 'PHYSICAL',
      trackStock: true,
      measure: null,
      unitPriceMeasure: null,
      barcodes: [{ code: '4006381333931', kind: 'EAN_13' }],
      components: [],
      bundleReductionPpm: null,
      digitalFiles: [],
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
} satisfies ProductData

/** What the editor of that product offers to choose from. */
export const choices = {
  channels: [
    { id: 'chan_1', name: 'Web', kind: 'WEB' },
    { id: 'chan_2', name: 'App', kind: 'MOBILE_APP' },
  ],
  categories: [],
  productTypes: { nodes: [{ id: 'type_1', name: 'Teas' }] },
  priceLists: [
    { id: 'eur', name: 'Europe', kind: 'BASE', currency: 'EUR' },
    { id: 'jpy', name: 'Japan', kind: 'BASE', currency: 'JPY' },
  ],
  locations: [
    { id: 'loc_1', name: 'Madrid', kind: 'STORE' },
    { id: 'loc_2', name: 'Berlin', kind: 'STORE' },
  ],
} satisfies ProductChoicesData

function definition<Kind extends string>(code: string, kind: Kind, localized = false) {
  return {
    id: `attr_${code}`,
    code,
    name: code,
    kind,
    unit: null,
    minimum: null,
    maximum: null,
    maxLength: null,
    localized,
    internal: false,
    choices: [],
  }
}
