import type { Permission } from '@hilo/kernel'
import { m } from '#lib/paraglide/messages.js'
import type { May } from '#lib/shell/desk.svelte.ts'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { JobKind, JobRowData } from './job.ts'

/** The kinds of job, in the order of forms. */
export const KINDS = ['PRODUCTS', 'PRICES', 'STOCK', 'CUSTOMERS', 'PROMOTIONS'] as const

const NOUNS = {
  PRODUCTS: 'catalog',
  PRICES: 'prices',
  STOCK: 'stock',
  CUSTOMERS: 'customers',
  PROMOTIONS: 'promotions',
} as const

/** The permission that a job of a kind takes. */
const permissionFor = (kind: JobKind, direction: 'IMPORT' | 'EXPORT'): Permission =>
  `${NOUNS[kind]}:${direction === 'IMPORT' ? 'write' : 'read'}`

/** The kinds that somebody may bring in, or take out. */
export const kindsFor = (may: May, direction: 'IMPORT' | 'EXPORT'): JobKind[] =>
  KINDS.filter((kind) => may(permissionFor(kind, direction)))

/** What a kind is called. */
export const kindName = (kind: JobKind): string =>
  ({
    PRODUCTS: m.products_title,
    PRICES: m.nav_prices,
    STOCK: m.imports_stock,
    CUSTOMERS: m.imports_customers,
    PROMOTIONS: m.nav_promotions,
  })[kind]()

/** What a state is called. */
export const stateName = (state: JobRowData['state']): string =>
  ({
    UPLOADING: m.imports_uploading,
    QUEUED: m.imports_queued,
    RUNNING: m.imports_running,
    DONE: m.imports_done,
    FAILED: m.imports_failed,
    CANCELLED: m.imports_cancelled,
  })[state]()

/** How a job feels: one that is done but refused rows needs a look. */
export const toneOf = ({ state, refused }: Pick<JobRowData, 'state' | 'refused'>): Tone => {
  if (state === 'DONE') return refused > 0 ? 'warn' : 'good'
  if (state === 'FAILED') return 'bad'
  return state === 'CANCELLED' ? 'neutral' : 'accent'
}
