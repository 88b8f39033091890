import { newId } from '@hilo/kernel'
import { createTestPromotion } from '@hilo/promotions/testing'
import { benchCarts, benchContext, cartIdOf, inClients, openApi, someVariants } from '../run/write-bench.ts'
import { atMost, type Figures, type MeasureEnv, type MeasuredRung, type Scenario } from '../scenario.ts'

const SIZES = [1, 10, 50, 200] as const
const CHANGES = 60

/** Leaves exactly so many promotions published while it runs, in a quick run a tenth of them. */
const withPromotions = async (
  env: MeasureEnv,
  count: number,
  run: () => Promise<Figures>,
): Promise<Figures> => {
  const { kysely: db } = env.database
  const others = await db
    .updateTable('promotion')
    .set({ status: 'DRAFT' })
    .where('status', '=', 'PUBLISHED')
    .returning('id')
    .execute()
  const ctx = await benchContext(env)
  const ours: string[] = []
  for (let index = 0; index < (env.isQuick ? count / 10 : count); index += 1)
    ours.push(await createTestPromotion(ctx, { name: `Bench ${index}` }))
  try {
    return await run()
  } finally {
    if (ours.length > 0)
      await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', 'in', ours).execute()
    const ids = others.map(({ id }) => id)
    if (ids.length > 0)
      await db.updateTable('promotion').set({ status: 'PUBLISHED' }).where('id', 'in', ids).execute()
  }
}

/** The same selection for every cart: its amounts, for which all lines are priced, and the line. */
const ANSWER =
  'cart { version total { amountMinor } problems { code } } line { quantity total { amountMinor } }'

/** Sets one line of a cart again and again, and reads what the cart costs then. */
const linesRung = (lines: number, promotions: number): MeasuredRung => ({
  label: `a cart of ${lines} ${lines === 1 ? 'line' : 'lines'}`,
  measure: (env) =>
    withPromotions(env, promotions, async () => {
      const variants = await someVariants(env, lines)
      const [cart] = await benchCarts(await benchContext(env), 1, () => variants.slice(0, lines))
      const { mutate, close } = openApi(env.url)
      const line = { id: newId(), sku: env.shop.sku }
      const set = (quantity: number) =>
        mutate('cartLineSet', {
          input: { cartId: cartIdOf(cart!), line: { ...line, quantity } },
          headers: cart!.headers,
          answer: ANSWER,
        })
      const changes = Array.from({ length: env.isQuick ? 6 : CHANGES }, (_, index) => 1 + (index % 9))
      const figures = await inClients(changes, 1, set)
      await close()
      return figures
    }),
})

const LINES = 3

/** Adds a line to carts of three, each its own, and reads what they cost then. */
const addRung = (promotions: number): MeasuredRung => ({
  label: `${promotions} ${promotions === 1 ? 'promotion' : 'promotions'}`,
  measure: (env) =>
    withPromotions(env, promotions, async () => {
      const variants = await someVariants(env, LINES)
      const carts = await benchCarts(await benchContext(env), env.isQuick ? 6 : CHANGES, () => variants)
      const { mutate, close } = openApi(env.url)
      const figures = await inClients(carts, 1, (cart) =>
        mutate('cartLineSet', {
          input: { cartId: cartIdOf(cart), line: { id: newId(), sku: env.shop.sku, quantity: 1 } },
          headers: cart.headers,
          answer: ANSWER,
        }),
      )
      await close()
      return figures
    }),
})

const adding: Scenario = {
  name: 'cart-line-add',
  title: `Adding a line to a cart of ${LINES} lines, by mutation, with so many active promotions`,
  figure: 'p50',
  rungs: { 'promotions-1': addRung(1), 'promotions-30': addRung(30), 'promotions-100': addRung(100) },
  goals: (medians) =>
    [30, 100].map((promotions) =>
      atMost(`time with ${promotions} promotions, of that with one`, {
        value:
          (medians[`promotions-${promotions}`]?.['p50'] ?? Infinity) /
          (medians['promotions-1']?.['p50'] ?? 1),
        limit: 1.5,
        cause:
          'the statements stay as many; each promotion is looked at, told of in the trace, and kept with the cart',
      }),
    ),
}

const scenarioOf = (promotions: number): Scenario => ({
  name: `cart-line-set-${promotions}`,
  title: `Setting a line of a cart with ${promotions} promotions`,
  figure: 'p50',
  rungs: Object.fromEntries(SIZES.map((lines) => [`lines-${lines}`, linesRung(lines, promotions)])),
  goals: (medians) => [
    atMost('time for 200 lines, of that for one', {
      value: (medians['lines-200']?.['p50'] ?? Infinity) / (medians['lines-1']?.['p50'] ?? 1),
      limit: 1.5,
      cause:
        'the statements stay as many and each uses its index, but 200 lines are still read, sent and parsed with their prices, categories and stock (3-4 ms, most of it in Postgres), and priced (1 ms)',
    }),
  ],
})

export const scenarios: readonly Scenario[] = [adding, ...[0, 1, 30, 100].map(scenarioOf)]
