import type { CategorySeed, ProductSeed } from '@hilo/catalog'
import type { NewChannel, NewMarket } from '@hilo/channels'
import type { NewLocation } from '@hilo/inventory'
import type { PriceListSeed, PriceSeed } from '@hilo/prices'
import type { PromotionSeed } from '@hilo/promotions'

const rates = { STANDARD: 210_000, REDUCED: 100_000, ZERO: 0 }

/** Two markets: prices with tax in euro, without in dollars. */
export const MARKETS: readonly NewMarket[] = [
  {
    code: 'eu',
    name: { en: 'Europe', es: 'Europa' },
    currency: 'EUR',
    pricesIncludeTax: true,
    defaultLocale: 'en',
    deliveryMinor: 495,
    taxRates: ['ES', 'FR', 'DE'].map((country) => ({ country, ratesPpm: rates })),
  },
  {
    code: 'us',
    name: { en: 'United States', es: 'Estados Unidos' },
    currency: 'USD',
    pricesIncludeTax: false,
    defaultLocale: 'en',
    deliveryMinor: 795,
    taxRates: [{ country: 'US', ratesPpm: rates }],
  },
]

/** Where the shop is met. */
export const CHANNELS: readonly (Omit<NewChannel, 'marketId'> & { readonly market: string })[] = [
  { code: 'web-eu', name: { en: 'Web, Europe' }, kind: 'WEB', market: 'eu' },
  { code: 'store-eu', name: { en: 'Stores, Europe' }, kind: 'STORE', market: 'eu' },
  { code: 'device-eu', name: { en: 'Devices, Europe' }, kind: 'DEVICE', market: 'eu' },
  { code: 'web-us', name: { en: 'Web, United States' }, kind: 'WEB', market: 'us' },
]

/** What holds stock; each variant is at all of them. */
export const LOCATIONS: readonly (Omit<NewLocation, 'channelIds'> & {
  readonly channels: readonly string[]
})[] = [
  {
    code: 'warehouse',
    kind: 'WAREHOUSE',
    name: { en: 'Warehouse' },
    country: 'ES',
    channels: ['web-eu', 'device-eu'],
  },
  {
    code: 'store',
    kind: 'STORE',
    name: { en: 'Store' },
    country: 'ES',
    priority: 10,
    channels: ['web-eu', 'store-eu'],
  },
  { code: 'newark', kind: 'WAREHOUSE', name: { en: 'Newark' }, country: 'US', channels: ['web-us'] },
]

/** A tree: ten branches with ten leaves each; products are in the leaves. */
export const CATEGORIES: readonly CategorySeed[] = Array.from({ length: 10 }, (_, branch): CategorySeed[] => [
  { slug: `branch-${branch}`, name: { en: `Branch ${branch}`, es: `Rama ${branch}` } },
  ...Array.from({ length: 10 }, (__, leaf): CategorySeed => ({
    slug: `leaf-${branch}-${leaf}`,
    name: { en: `Leaf ${branch}.${leaf}`, es: `Hoja ${branch}.${leaf}` },
    parentSlug: `branch-${branch}`,
  })),
]).flat()

/** A base list in each market, and a sale in one. */
export const LISTS: readonly (PriceListSeed & { readonly market: string })[] = [
  { code: 'base-eu', name: { en: 'Europe' }, kind: 'BASE', currency: 'EUR', market: 'eu' },
  { code: 'base-us', name: { en: 'United States' }, kind: 'BASE', currency: 'USD', market: 'us' },
  { code: 'sale-eu', name: { en: 'Sale' }, kind: 'SALE', currency: 'EUR', market: 'eu' },
]

/** One of each class: the shelf, lines, the order, delivery; two branches are reduced on the shelf. */
export const PROMOTIONS: readonly PromotionSeed[] = [
  ...[1, 4].map((branch): PromotionSeed => ({
    name: { en: `Ten off branch ${branch}`, es: `Diez menos en la rama ${branch}` },
    definition: {
      v: 1,
      trigger: 'AUTOMATIC',
      items: { category: [`branch-${branch}`] },
      effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
    },
  })),
  {
    name: { en: 'Three for two', es: 'Tres por dos' },
    definition: {
      v: 1,
      trigger: 'AUTOMATIC',
      items: { category: ['branch-2'] },
      effect: { kind: 'CHEAPEST', ratePpm: 1_000_000, every: 3 },
    },
  },
  {
    name: { en: 'Delivery on us', es: 'El envío lo ponemos nosotros' },
    definition: {
      v: 1,
      trigger: 'AUTOMATIC',
      conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 5_000, USD: 7_500 }, of: 'CART' }],
      effect: { kind: 'FREE_DELIVERY' },
    },
  },
  {
    name: { en: 'Welcome', es: 'Bienvenida' },
    couponCodes: ['WELCOME'],
    definition: {
      v: 1,
      trigger: 'COUPON',
      effect: { kind: 'AMOUNT', amounts: { EUR: 500, USD: 500 }, target: 'ORDER' },
    },
  },
]

const SIZES = ['s', 'm', 'l', 'xl'] as const

const ADJECTIVES = [
  'Quiet',
  'Bright',
  'Round',
  'Tall',
  'Woven',
  'Glazed',
  'Folded',
  'Carved',
  'Plain',
  'Striped',
]
const NOUNS = ['cup', 'bowl', 'lamp', 'chair', 'rug', 'vase', 'plate', 'basket', 'mirror', 'throw']

const DESCRIPTION =
  'Made by hand in a small workshop, packed in paper, and sent the same day. Wash it with care and it will outlive its box. '

/** The n-th product: the same in every run but for its ids. */
export const productAt = (
  n: number,
): Omit<ProductSeed, 'categoryIds' | 'channelIds'> & { readonly category: string } => {
  const name = `${ADJECTIVES[n % 10]!} ${NOUNS[Math.floor(n / 10) % 10]!} ${String(n).padStart(5, '0')}`
  return {
    slug: `product-${n}`,
    category: `leaf-${Math.floor(n / 10) % 10}-${n % 10}`,
    name: { en: name, es: `${name} es` },
    description: { en: DESCRIPTION, es: DESCRIPTION },
    images: [{ url: `/assets/demo/product-${n}.svg`, alt: { en: name } }],
    options: [
      {
        code: 'size',
        name: { en: 'Size', es: 'Talla' },
        values: SIZES.map((code) => ({ code, name: { en: code } })),
      },
    ],
    variants: SIZES.map((size) => ({
      sku: `P${n}-${size}`.toUpperCase(),
      name: { en: size },
      options: { size },
    })),
  }
}

/** What the n-th variant costs: in both base lists, and every tenth product in the sale too. */
export const pricesOf = (n: number): Omit<PriceSeed, 'variantId'>[] => {
  const amountMinor = BigInt(500 + ((n * 37) % 20_000))
  return [
    { list: 'base-eu', amountMinor },
    { list: 'base-us', amountMinor: amountMinor + 100n },
    ...(Math.floor(n / 4) % 10 === 3 ? [{ list: 'sale-eu', amountMinor: (amountMinor * 8n) / 10n }] : []),
  ]
}

/** Pieces of the n-th variant at a location; one in twenty is sold out there. */
export const stockAt = (n: number, place: number): number =>
  (n + place) % 20 === 0 ? 0 : 1_000_000 + ((n * 13 + place) % 40)
