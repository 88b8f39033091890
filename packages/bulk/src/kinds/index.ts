import type { BulkKind } from '../job.ts'
import type { Kind } from '../kind.ts'
import { customers } from './customers.ts'
import { prices } from './prices.ts'
import { products } from './products.ts'
import { promotions } from './promotions.ts'
import { stock } from './stock.ts'

/** What can be brought in and taken out. */
export const KINDS: Readonly<Record<BulkKind, Kind>> = {
  PRODUCTS: products,
  PRICES: prices,
  STOCK: stock,
  CUSTOMERS: customers,
  PROMOTIONS: promotions,
}
