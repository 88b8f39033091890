import type { Localized, Uuid } from '@hilo/kernel'

/** What search knows of a product: plain data, the same for every engine. As JSON it is a line of the feed. */
export interface SearchDocument {
  readonly productId: Uuid
  readonly createdAt: Date
  /** SKUs and barcodes of what is on sale. */
  readonly codes: readonly string[]
  /** By language of the shop; in each what is shown there, so that one not translated is found by what is shown instead. */
  readonly texts: Readonly<Record<string, DocumentTexts>>
  readonly tags: readonly SearchTag[]
  /** By attribute code: numbers, and days as days since 1970. */
  readonly numbers: Readonly<Record<string, readonly number[]>>
  readonly offers: readonly SearchOffer[]
}

/** The texts of a document in one language. */
export interface DocumentTexts {
  readonly name: string
  /** What the product says in few words: choices, options, categories, variants. */
  readonly keywords: string
  readonly description: string
}

/** Something that products are counted by: a value of a facet, such as `red` of `attribute:color`. */
export interface SearchTag {
  /** `category`, `collection`, `productType`, `attribute:<code>` or `option:<code>`. */
  readonly facet: string
  /** A database id of a category or collection, else a code or text. */
  readonly value: string
  readonly label: Localized
}

/** What a product is in a channel. Where there is none, or one that is over (`until`), it is not found. */
export interface SearchOffer {
  readonly channelId: Uuid
  /** When it is published and, without an amount, has a price for some customers; null is open. */
  readonly from: Date | null
  readonly until: Date | null
  /** Of the cheapest variant on the shelf of the channel, in minor units; null when its prices are for some customers only. */
  readonly amountMinor: number | null
  /** True when a variant can be had. */
  readonly available: boolean
}
