import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuiltInRole } from '@hilo/access'
import type {
  AttributeInput,
  DigitalFileInput,
  GoodsChange,
  NewAttribute,
  NewProductType,
} from '@hilo/catalog'

type TaxClass = 'STANDARD' | 'REDUCED' | 'ZERO'

/** A text of the demo shop: always in both languages. */
type DemoText = Readonly<Record<'en' | 'es', string>>

/** A product with everything that belongs to it; others are named by code, slug or SKU. */
export interface DemoProduct {
  readonly slug: string
  readonly name: DemoText
  readonly description: DemoText
  readonly taxClass: TaxClass
  readonly categories: readonly string[]
  readonly channels: readonly string[]
  /** Files of `images/`; the first is the product's own, the others show it in other colours. */
  readonly images: readonly { readonly file: string; readonly alt: DemoText }[]
  readonly options: readonly {
    readonly code: string
    readonly name: DemoText
    readonly values: readonly { readonly code: string; readonly name: DemoText }[]
  }[]
  readonly variants: readonly DemoVariant[]
}

/** What has a SKU. A product without options has one variant, and that one has no name of its own. */
export interface DemoVariant {
  readonly sku: string
  readonly name?: DemoText
  /** The value's code by the option's code. */
  readonly options?: Readonly<Record<string, string>>
  /** The base price in minor units of the market's currency, as the market enters prices, by market. */
  readonly prices: Readonly<Record<string, number>>
  /** On hand by location; nothing is known of the variant elsewhere. */
  readonly stock: Readonly<Record<string, number>>
}

/** What kind of goods a variant is, when it is not sold by the piece and carried. */
export interface DemoGoods {
  readonly fulfilment?: 'PHYSICAL' | 'DIGITAL' | 'SERVICE'
  readonly measure?: NonNullable<GoodsChange['measure']>
  readonly content?: NonNullable<GoodsChange['content']>
  readonly files?: readonly DigitalFileInput[]
  /** Of a bundle: how many of each SKU. */
  readonly components?: Readonly<Record<string, number>>
  readonly reductionPpm?: number
}

/** A list of prices. A BASE list holds what the variants say for its market and no prices of its own. */
export interface DemoPriceList {
  readonly code: string
  readonly name: DemoText
  readonly kind: 'BASE' | 'SALE' | 'CONTRACT'
  readonly currency: string
  readonly market: string
  readonly customerGroup?: string
  readonly segment?: string
  /** From the first hour of today until so many days later. */
  readonly days?: number
  /** Follows from a list that stands before it. */
  readonly derivation?: {
    readonly base: string
    readonly adjustmentPpm: number
    readonly rounding: 'NONE' | 'TO_5' | 'ENDS_95' | 'ENDS_99' | 'ENDS_00'
  }
  readonly prices?: readonly {
    readonly sku: string
    readonly amountMinor: number
    readonly minQuantity?: number
  }[]
}

/** A device and what it may spend, in minor units of its channel's currency; null: it buys nothing. */
interface DemoDevice {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly owner: string
  readonly channel: string
  readonly policy: {
    readonly maxOrderMinor: number | null
    readonly maxDayMinor: number | null
    readonly maxQuantity: number
    readonly cancelWindowMinutes: number
  }
  readonly slots: readonly { readonly name: string; readonly sku: string; readonly quantity: number }[]
}

/** Everything of the demo shop but its products. */
export interface DemoShop {
  readonly shop: { readonly code: string; readonly name: string; readonly defaultChannel: string }
  readonly markets: readonly {
    readonly code: string
    readonly name: DemoText
    readonly currency: string
    readonly pricesIncludeTax: boolean
    readonly countries: readonly string[]
    readonly defaultLocale: 'en' | 'es'
    readonly deliveryMinor: number
    readonly taxRatesPpm: readonly ({ readonly country: string } & Readonly<Record<TaxClass, number>>)[]
  }[]
  readonly channels: readonly {
    readonly code: string
    readonly name: DemoText
    readonly kind: string
    readonly market: string
  }[]
  readonly locations: readonly {
    readonly code: string
    readonly kind: 'WAREHOUSE' | 'STORE'
    readonly name: DemoText
    readonly country: string
    readonly city: string
    readonly street: string
    readonly postalCode: string
    readonly latitude: number
    readonly longitude: number
    readonly timeZone: string
    readonly priority: number
    readonly channels: readonly string[]
    /** Days as RFC 5545 writes them (`MO`), times local. */
    readonly openingHours: readonly {
      readonly days: readonly string[]
      readonly opens: string
      readonly closes: string
    }[]
  }[]
  /** Parents before their children. */
  readonly categories: readonly { readonly slug: string; readonly name: DemoText; readonly parent?: string }[]
  /** By hand with products, or by a rule. */
  readonly collections: readonly {
    readonly slug: string
    readonly name: DemoText
    readonly description: DemoText
    readonly products?: readonly string[]
    readonly rule?: unknown
  }[]
  readonly customerGroups: readonly { readonly code: string; readonly name: DemoText }[]
  readonly segments: readonly { readonly code: string; readonly name: DemoText }[]
  readonly priceLists: readonly DemoPriceList[]
  readonly promotions: readonly {
    readonly key: string
    readonly name: DemoText
    readonly status: 'DRAFT' | 'PUBLISHED'
    readonly couponCodes?: readonly string[]
    readonly usageLimit?: number
    readonly perCustomerLimit?: number
    readonly definition: object
  }[]
  readonly customers: readonly {
    readonly key: string
    readonly name: string
    readonly email: string
    readonly locale: 'en' | 'es'
    readonly groups: readonly string[]
    readonly consents: readonly ('DEVICE_PURCHASE' | 'MARKETING')[]
    readonly address: {
      readonly name: string
      readonly line1: string
      readonly line2?: string
      readonly city: string
      readonly postalCode: string
      readonly region?: string
      readonly country: string
    }
  }[]
  readonly deviceTypes: readonly { readonly code: string; readonly name: DemoText; readonly kind: string }[]
  readonly devices: readonly DemoDevice[]
  readonly staff: readonly {
    readonly name: string
    readonly email: string
    readonly locale: 'en' | 'es'
    readonly role: BuiltInRole
    /** The code of the only channel they work in; all when not said. */
    readonly channel?: string
  }[]
}

/** What the products of the demo shop say of themselves, and the types that ask for it. */
export interface DemoAttributes {
  readonly attributes: readonly (NewAttribute & { readonly name: DemoText })[]
  readonly types: readonly (Omit<NewProductType, 'attributes'> & {
    readonly attributes: readonly { readonly code: string; readonly required?: boolean }[]
  })[]
  /** By slug. */
  readonly products: Readonly<
    Record<string, { readonly productType: string; readonly attributes: readonly AttributeInput[] }>
  >
}

/** The folder with the pictures that products name. */
export const DEMO_IMAGES = join(import.meta.dirname, 'images')

const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(join(import.meta.dirname, file), 'utf8'))

/** The demo shop "Casa Hilo", from `shop.json`, `products.json` and `attributes.json`. */
export const readDemo = async (): Promise<{
  readonly shop: DemoShop
  readonly products: readonly DemoProduct[]
  readonly said: DemoAttributes
  /** By SKU. */
  readonly goods: Readonly<Record<string, DemoGoods>>
}> => ({
  shop: (await read('shop.json')) as DemoShop,
  products: (await read('products.json')) as DemoProduct[],
  said: (await read('attributes.json')) as DemoAttributes,
  goods: (await read('goods.json')) as Record<string, DemoGoods>,
})
