import { insertCollections } from '@hilo/catalog'
import { encodeId, type Uuid } from '@hilo/kernel'
import { benchContext, inClients, openApi } from '../run/write-bench.ts'
import { atMost, type Figures, type MeasureEnv, type MeasuredRung, type Scenario } from '../scenario.ts'

const RULES = 300
/** Variants of the shop that the rules look over; products have four. */
const VARIANTS = 13_000
const CHANGES = 60

/** The n-th rule: by category, by name, by SKU, by all of them, by what is not; some of each look at every product. */
const ruleAt = (n: number): object => {
  const branch = { category: [`branch-${n % 10}`] }
  const leaf = { category: [`leaf-${n % 10}-${Math.floor(n / 10) % 10}`] }
  const kinds = [
    leaf,
    { all: [leaf, { name: { contains: `0${n % 100}` } }] },
    { sku: { startsWith: `P${n}` } },
    { all: [branch, { not: leaf }] },
    { any: [leaf, { sku: { startsWith: `P${n}-` } }] },
    { all: [{ name: { contains: 'lamp' } }, { createdWithinDays: 1 + n }] },
  ]
  return kinds[n % kinds.length]!
}

/** Makes so many collections by rule for as long as it runs. */
const withRules = async (env: MeasureEnv, count: number, run: () => Promise<Figures>): Promise<Figures> => {
  const ctx = await benchContext(env)
  const made = await ctx.db.transaction().execute((tx) =>
    insertCollections(
      { ...ctx, db: tx },
      Array.from({ length: count }, (_, n) => ({
        slug: `bench-${n}`,
        name: { en: `Bench ${n}` },
        rule: ruleAt(n),
      })),
    ),
  )
  try {
    return await run()
  } finally {
    if (made.size > 0)
      await ctx.db
        .deleteFrom('collection')
        .where('id', 'in', [...made.values()])
        .execute()
  }
}

const someProducts = async ({ database: { kysely: db } }: MeasureEnv): Promise<Uuid[]> =>
  (
    await db
      .selectFrom('product')
      .select('id')
      .orderBy('slug')
      .limit(VARIANTS / 4)
      .execute()
  ).map(({ id }) => id)

/** Changes a product so that it leaves collections and comes into others, by mutation. */
const changeRung = (rules: number): MeasuredRung => ({
  label: `${rules} rules`,
  measure: (env) =>
    withRules(env, rules, async () => {
      const ids = await someProducts(env)
      const { mutate, close } = openApi(env.url)
      const changes = Array.from({ length: env.isQuick ? 6 : CHANGES }, (_, index) => index)
      const figures = await inClients(changes, 1, (n) =>
        mutate('productUpdate', {
          input: {
            id: encodeId('product', ids[(n * 53) % ids.length]!),
            name: { en: n % 2 === 0 ? `Lamp 0${n}` : `Bowl ${n}` },
          },
          headers: { authorization: `Bearer ${env.shop.staffToken}` },
        }),
      )
      await close()
      return figures
    }),
})

export const scenarios: readonly Scenario[] = [
  {
    name: 'collection-rules',
    title: 'Changing one product of a shop with collections by rule, by mutation',
    figure: 'p50',
    rungs: { none: changeRung(0), some: changeRung(30), many: changeRung(RULES) },
    goals: ({ many }) => [atMost(`ms with ${RULES} rules`, { value: many?.['p50'] ?? Infinity, limit: 50 })],
  },
]
