import { CATALOG_REFUSALS } from '@hilo/catalog'
import { builder, defineMutation, UserError } from '@hilo/graphql'
import { ok, type Refusal } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import { REASONS } from '../words.ts'
import type { ImportSettings } from '../job.ts'
import { applyProducts } from '../products/apply-products.ts'
import { ModeEnum } from './job.ts'

/** Products of one request at most. */
const MAX_PRODUCTS = 200

interface Result {
  readonly index: number
  readonly status: string
  readonly id: string | null
  readonly errors: readonly Refusal[]
}

const ResultType = builder.objectRef<Result>('ProductUpsertResult').implement({
  description: 'What became of one product of the request.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its place in the request, from 0.' }),
    status: t.exposeString('status', { description: 'CREATED, UPDATED, UNCHANGED or REFUSED.' }),
    productId: t.id({ nullable: true, resolve: ({ id }) => id }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why it was refused; the others are saved all the same.',
      resolve: ({ errors }) => [...errors],
    }),
  }),
})

defineMutation('productsUpsert', {
  description:
    'Says how up to 200 products shall be, in a request of at most 2 MiB, by their external keys, slugs or SKUs: those that are not there are created, the others changed, each whole with its variants or not at all. Each is an object as in the lines of an export in JSONL: see docs/guides/bulk.md.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    products: t.field({ type: ['JSON'], required: true }),
    mode: t.field({ type: ModeEnum, description: 'Default UPSERT.' }),
    system: t.string({ description: 'Whose external keys these are; default "default".' }),
  }),
  run: async (ctx, { products, mode, system }) => {
    const count = products.length
    if (count > MAX_PRODUCTS)
      return CATALOG_REFUSALS.refuse('TOO_MANY', { count, max: MAX_PRODUCTS }, ['products'])
    const name = system ?? 'default'
    if (!/^[\w.:-]{1,60}$/.test(name)) {
      return BULK.refuse('BULK_SETTINGS_INVALID', { reason: REASONS.system }, ['system'])
    }
    const settings: ImportSettings = {
      mode: mode ?? 'UPSERT',
      dryRun: false,
      system: name,
      emptyCells: 'KEEP',
      locale: ctx.languages?.[0] ?? ctx.locale,
    }
    const entries = products.map((item, line) => ({ line, item }))
    const outcomes = await applyProducts(ctx, entries, settings)
    return ok(
      outcomes.map((outcome, index): Result => ({
        index,
        status: outcome.is,
        id: outcome.is === 'REFUSED' ? null : (outcome.id ?? null),
        errors:
          outcome.is === 'REFUSED'
            ? outcome.refusals.map((each) => ({ ...each, path: ['products', String(index), ...each.path] }))
            : [],
      })),
    )
  },
  payload: (t) => ({
    results: t.field({ type: [ResultType], nullable: true, resolve: ({ value }) => value && [...value] }),
  }),
})
