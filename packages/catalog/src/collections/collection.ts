import type { Localized, Uuid } from '@hilo/kernel'
import type { Seo } from '../seo/seo.ts'
import type { CollectionRule } from './rule.ts'

/** Products shown together: by hand when it has no rule. */
export interface Collection {
  readonly id: Uuid
  readonly slug: string
  readonly name: Localized
  readonly description: Localized
  readonly seo: Seo
  readonly rule: CollectionRule | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Most collections of a shop, and of them by rule: every change of a product asks the rules it may fit. */
export const MAX_COLLECTIONS = 5_000
export const MAX_RULES = 1_000

/** Most products that one request adds, removes or moves. */
export const MAX_ARRANGED = 500
