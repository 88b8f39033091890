import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CHANNEL_KINDS, isCurrency } from '@hilo/kernel'
import { compilePromotion } from '@hilo/pricing'
import { describe, expect, it } from 'vitest'
import { DEMO_IMAGES, type DemoVariant, readDemo } from './data.ts'
import type { Look } from './drawing/look.ts'
import { picture } from './drawing/picture.ts'
import { SHAPES } from './drawing/shapes.ts'

const { shop, products } = await readDemo()
const drawings = JSON.parse(await readFile(join(import.meta.dirname, 'drawings.json'), 'utf8')) as Record<
  string,
  Look
>

const variants = products.flatMap((product) => product.variants.map((variant) => ({ product, ...variant })))
const bySku = new Map(variants.map((variant) => [variant.sku, variant]))

const repeated = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at)

const codes = (rows: readonly { readonly code: string }[]) => new Set(rows.map(({ code }) => code))

/** The names that are asked for and not there. */
const missing = (names: Iterable<string>, known: ReadonlySet<string>) =>
  [...names].filter((name) => !known.has(name))

const marketOf = (channel: string) => {
  const code = shop.channels.find((one) => one.code === channel)?.market
  return shop.markets.find((market) => market.code === code)
}

/** Every object in the data that is a text, with where it stands. */
const textsIn = (value: unknown, path: string): { path: string; text: Record<string, unknown> }[] => {
  if (typeof value !== 'object' || value === null) return []
  const found = 'en' in value || 'es' in value ? [{ path, text: value as Record<string, unknown> }] : []
  return [...found, ...Object.entries(value).flatMap(([key, child]) => textsIn(child, `${path}.${key}`))]
}

describe('the products of the demo shop', () => {
  it('have a slug and a SKU of their own, and SKUs that fit into a topic', () => {
    expect(repeated(products.map(({ slug }) => slug))).toEqual([])
    expect(repeated(variants.map(({ sku }) => sku))).toEqual([])
    expect(products.filter(({ slug }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([])
    expect(variants.filter(({ sku }) => !/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(sku))).toEqual([])
  })

  it('are enough for a real shop, with coffee of many kinds', () => {
    const coffee = new Set(
      shop.categories.filter(({ parent }) => parent === 'coffee').map(({ slug }) => slug),
    )
    expect(products.length).toBeGreaterThanOrEqual(80)
    expect(
      products.filter(({ categories }) => categories.some((slug) => coffee.has(slug))).length,
    ).toBeGreaterThanOrEqual(12)
  })

  it('name categories, channels, markets and locations that exist', () => {
    const categories = new Set(shop.categories.map(({ slug }) => slug))
    for (const { slug, ...product } of products) {
      expect(missing(product.categories, categories), slug).toEqual([])
      expect(product.categories, slug).not.toEqual([])
      expect(missing(product.channels, codes(shop.channels)), slug).toEqual([])
    }
    for (const { sku, stock } of variants) {
      expect(missing(Object.keys(stock), codes(shop.locations)), sku).toEqual([])
    }
  })

  it('are taxed as food when they are coffee or come from the pantry, and at the standard rate otherwise', () => {
    const food = new Set(
      shop.categories
        .filter(({ parent }) => parent === 'coffee' || parent === 'pantry')
        .map(({ slug }) => slug),
    )
    const wrong = products.filter(
      ({ categories, taxClass }) =>
        (taxClass === 'REDUCED') !== categories.some((category) => food.has(category)),
    )
    expect(wrong.map(({ slug }) => slug)).toEqual([])
  })

  it('give each variant its own choice among the options, and use every value', () => {
    for (const { slug, options, variants } of products) {
      const chosen = variants.map(({ options: choice = {} }: DemoVariant) =>
        options.map(({ code }) => choice[code]).join('/'),
      )
      expect(repeated(chosen), slug).toEqual([])
      expect(options.length > 0 || variants.length === 1, slug).toBe(true)
      for (const { code, values } of options) {
        const used = new Set(variants.map(({ options: choice }) => choice?.[code]))
        expect(used, `${slug} ${code}`).toEqual(new Set(values.map((value) => value.code)))
      }
      for (const { sku, name, options: choice = {} } of variants) {
        expect(missing(Object.keys(choice), codes(options)), sku).toEqual([])
        expect(name !== undefined, sku).toBe(options.length > 0)
      }
    }
  })

  it('are priced in every market, in whole minor units', () => {
    for (const { sku, prices } of variants) {
      expect(new Set(Object.keys(prices)), sku).toEqual(codes(shop.markets))
      expect(
        Object.values(prices).filter((amount) => !Number.isSafeInteger(amount) || amount <= 0),
        sku,
      ).toEqual([])
    }
  })

  it('are in stock only where a channel that sells them is served', () => {
    for (const { product, sku, stock } of variants) {
      for (const [code, quantity] of Object.entries(stock)) {
        const served = shop.locations.find((location) => location.code === code)?.channels ?? []
        expect(Number.isSafeInteger(quantity) && quantity >= 0, `${sku} ${code}`).toBe(true)
        expect(
          served.some((channel) => product.channels.includes(channel)),
          `${sku} ${code}`,
        ).toBe(true)
      }
    }
  })

  it('can run out, so that a front end shows that too', () => {
    expect(variants.some(({ stock }) => Object.values(stock).includes(0))).toBe(true)
  })
})

describe('the texts of the demo shop', () => {
  it('are there in English and Spanish', () => {
    const texts = [...textsIn(shop, 'shop'), ...textsIn(products, 'products')]
    const poor = texts.filter(({ text }) =>
      (['en', 'es'] as const).some((locale) => {
        const words = text[locale]
        return typeof words !== 'string' || words.trim() !== words || words === ''
      }),
    )
    expect(texts.length).toBeGreaterThan(500)
    expect(poor.map(({ path }) => path)).toEqual([])
  })

  it('are translated, not copied', () => {
    expect(
      products.filter(({ description }) => description.en === description.es).map(({ slug }) => slug),
    ).toEqual([])
  })
})

describe('the pictures of the demo shop', () => {
  it('exist for every product, and none lies about unused', async () => {
    const named = products.flatMap(({ images }) => images.map(({ file }) => file))
    expect(products.filter(({ images }) => images.length === 0).map(({ slug }) => slug)).toEqual([])
    expect(repeated(named)).toEqual([])
    expect((await readdir(DEMO_IMAGES)).toSorted()).toEqual(named.toSorted())
  })

  it('are what the drawings say (npm run draw -w @hilo/hilo)', async () => {
    for (const [file, look] of Object.entries(drawings)) {
      expect((await readFile(join(DEMO_IMAGES, file), 'utf8')) === picture(look), file).toBe(true)
    }
    expect(Object.keys(drawings).toSorted()).toEqual((await readdir(DEMO_IMAGES)).toSorted())
  })

  it('weigh no more than a megabyte and a half together', async () => {
    const files = await readdir(DEMO_IMAGES)
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(DEMO_IMAGES, file))).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000)
  })

  it('use every shape that can be drawn', () => {
    expect(new Set(Object.values(drawings).map(({ shape }) => shape))).toEqual(new Set(Object.keys(SHAPES)))
  })
})

describe('the markets and prices of the demo shop', () => {
  it('have known currencies and a rate for every country and tax class', () => {
    for (const { code, countries, currency, deliveryMinor, taxRatesPpm } of shop.markets) {
      expect(isCurrency(currency), code).toBe(true)
      expect(Number.isSafeInteger(deliveryMinor) && deliveryMinor >= 0, code).toBe(true)
      expect(
        taxRatesPpm.map(({ country }) => country),
        code,
      ).toEqual(countries)
      for (const { STANDARD, REDUCED, ZERO } of taxRatesPpm) {
        expect([STANDARD, REDUCED].every(Number.isSafeInteger), code).toBe(true)
        expect(ZERO === 0 && REDUCED <= STANDARD && STANDARD < 1_000_000, code).toBe(true)
      }
    }
  })

  it('have channels of known kinds in markets that exist, one of them the default', () => {
    const kinds: readonly string[] = CHANNEL_KINDS
    expect(repeated(shop.channels.map(({ code }) => code))).toEqual([])
    expect(shop.channels.filter(({ kind }) => !kinds.includes(kind))).toEqual([])
    expect(
      missing(
        shop.channels.map(({ market }) => market),
        codes(shop.markets),
      ),
    ).toEqual([])
    expect(codes(shop.channels).has(shop.shop.defaultChannel)).toBe(true)
  })

  it('keep one base list per market, and other lists below it', () => {
    const base = shop.priceLists.filter(({ kind }) => kind === 'BASE')
    expect(base.map(({ market }) => market)).toEqual(shop.markets.map(({ code }) => code))
    for (const {
      code,
      kind,
      currency,
      market,
      customerGroup,
      segment,
      derivation,
      prices = [],
    } of shop.priceLists) {
      expect(shop.markets.find((one) => one.code === market)?.currency, code).toBe(currency)
      expect(kind === 'CONTRACT', code).toBe((customerGroup ?? segment) !== undefined)
      expect(missing(customerGroup ? [customerGroup] : [], codes(shop.customerGroups)), code).toEqual([])
      expect(missing(segment ? [segment] : [], codes(shop.segments)), code).toEqual([])
      expect(missing(derivation ? [derivation.base] : [], codes(shop.priceLists)), code).toEqual([])
      expect(prices.length === 0, code).toBe(kind === 'BASE' || derivation !== undefined)
      expect(repeated(prices.map(({ sku, minQuantity = 1 }) => `${sku} from ${minQuantity}`)), code).toEqual(
        [],
      )
      for (const { sku, amountMinor } of prices) {
        expect(Number.isSafeInteger(amountMinor) && amountMinor > 0, sku).toBe(true)
        expect(amountMinor, sku).toBeLessThan(bySku.get(sku)?.prices[market] ?? 0)
      }
    }
  })

  it('have collections of products that exist', () => {
    const slugs = new Set(products.map(({ slug }) => slug))
    expect(shop.collections.map(({ rule }) => rule !== undefined)).toEqual([false, true])
    for (const { products: members = [] } of shop.collections)
      for (const slug of members) expect(slugs, slug).toContain(slug)
  })

  it('have promotions that the price function accepts', () => {
    for (const { key, definition } of shop.promotions) {
      expect(compilePromotion(definition), key).toMatchObject({ ok: true })
    }
    expect(repeated(shop.promotions.map(({ key }) => key))).toEqual([])
    expect(repeated(shop.promotions.flatMap(({ couponCodes = [] }) => couponCodes))).toEqual([])
  })

  it('have promotions about categories, groups and markets that exist', () => {
    const known = new Set([
      ...shop.categories.map(({ slug }) => slug),
      ...codes(shop.customerGroups),
      ...codes(shop.markets),
    ])
    for (const { key, definition } of shop.promotions) {
      const named = [
        ...JSON.stringify(definition).matchAll(/"(?:category|customerGroups|markets)":\[([^\]]*)\]/g),
      ].flatMap(([, list = '']) => JSON.parse(`[${list}]`) as string[])
      expect(missing(named, known), key).toEqual([])
    }
  })
})

describe('the places of the demo shop', () => {
  const CITIES: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
    Coslada: [40.42, -3.56],
    Madrid: [40.42, -3.7],
    Barcelona: [41.39, 2.17],
    Valencia: [39.47, -0.38],
    Lisboa: [38.72, -9.14],
    Newark: [40.73, -74.16],
    'New York': [40.72, -74],
    Tokyo: [35.69, 139.75],
  }

  it('stand in their city, within about ten kilometres', () => {
    for (const { code, city, latitude, longitude } of shop.locations) {
      const [north = 0, east = 0] = CITIES[city] ?? []
      expect(Math.abs(latitude - north), code).toBeLessThan(0.1)
      expect(Math.abs(longitude - east), code).toBeLessThan(0.12)
    }
  })

  it('serve channels that exist, in a market of their country, and every channel is served', () => {
    for (const { code, country, channels } of shop.locations) {
      expect(missing(channels, codes(shop.channels)), code).toEqual([])
      expect(
        channels.every((channel) => marketOf(channel)?.countries.includes(country)),
        code,
      ).toBe(true)
    }
    expect(
      missing(codes(shop.channels), new Set(shop.locations.flatMap(({ channels }) => channels))),
    ).toEqual([])
    expect(shop.locations.filter(({ kind }) => kind === 'STORE')).toHaveLength(6)
  })

  it('open before they close', () => {
    for (const { code, openingHours, timeZone } of shop.locations) {
      expect(openingHours.length, code).toBeGreaterThan(0)
      expect(() => new Intl.DateTimeFormat('en', { timeZone }), code).not.toThrow()
      for (const { days, opens, closes } of openingHours) {
        expect(missing(days, new Set(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])), code).toEqual([])
        expect(/^\d\d:\d\d$/.test(opens) && /^\d\d:\d\d$/.test(closes) && opens < closes, code).toBe(true)
      }
    }
  })

  it('have categories in two levels, parents first', () => {
    expect(repeated(shop.categories.map(({ slug }) => slug))).toEqual([])
    for (const [at, { slug, parent }] of shop.categories.entries()) {
      const above = shop.categories.slice(0, at).find((category) => category.slug === parent)
      expect(parent === undefined || (above !== undefined && above.parent === undefined), slug).toBe(true)
    }
    const leaves = shop.categories.filter(({ parent }) => parent !== undefined)
    const used = new Set(products.flatMap(({ categories }) => categories))
    expect(
      missing(
        leaves.map(({ slug }) => slug),
        used,
      ),
    ).toEqual([])
  })
})

describe('the people and devices of the demo shop', () => {
  const customers = new Map(shop.customers.map((customer) => [customer.key, customer]))

  it('have addresses at example.com and in countries that a market serves', () => {
    const emails = [...shop.customers, ...shop.staff].map(({ email }) => email)
    expect(repeated(emails)).toEqual([])
    expect(emails.filter((email) => !email.endsWith('@example.com'))).toEqual([])
    const countries = new Set(shop.markets.flatMap((market) => market.countries))
    for (const { key, groups, address } of shop.customers) {
      expect(missing(groups, codes(shop.customerGroups)), key).toEqual([])
      expect(missing([address.country], countries), key).toEqual([])
    }
  })

  it('are staff: one who may do everything, one who only reads, one who helps in one channel', () => {
    expect(shop.staff.map(({ role }) => role)).toEqual(['administrator', 'read-only', 'support'])
    const [, , support] = shop.staff
    expect(codes(shop.channels).has(support!.channel!)).toBe(true)
  })

  it('are devices of a known type and owner, with slots for what their channel sells', () => {
    expect(repeated(shop.devices.map(({ key }) => key))).toEqual([])
    for (const { key, type, owner, channel, slots } of shop.devices) {
      expect(codes(shop.deviceTypes).has(type), key).toBe(true)
      expect(customers.get(owner)?.consents, key).toContain('DEVICE_PURCHASE')
      for (const { name, sku } of slots) {
        expect(name, key).toMatch(/^[a-z0-9-]{1,40}$/)
        expect(bySku.get(sku)?.product.channels, `${key} ${name}`).toContain(channel)
      }
    }
  })

  it('can pay for what their slots buy, delivery included, out of stock that serves their channel', () => {
    for (const { key, channel, policy, slots } of shop.devices) {
      const market = marketOf(channel)
      for (const { name, sku, quantity } of slots) {
        const price = bySku.get(sku)?.prices[market?.code ?? ''] ?? Number.NaN
        const stock = shop.locations
          .filter((location) => location.channels.includes(channel))
          .reduce((sum, { code }) => sum + (bySku.get(sku)?.stock[code] ?? 0), 0)
        expect(price * quantity + (market?.deliveryMinor ?? 0), `${key} ${name}`).toBeLessThanOrEqual(
          policy.maxOrderMinor ?? 0,
        )
        expect(quantity, `${key} ${name}`).toBeLessThanOrEqual(policy.maxQuantity)
        expect(stock, `${key} ${name}`).toBeGreaterThan(20)
      }
    }
  })
})
