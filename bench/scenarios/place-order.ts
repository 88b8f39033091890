import { placeOrder } from '@hilo/orders'
import {
  type BenchCart,
  benchCarts,
  benchContext,
  cartIdOf,
  inClients,
  openApi,
  recordCommands,
  replay,
  someVariants,
} from '../run/write-bench.ts'
import { atLeast, type MeasureEnv, type Scenario } from '../scenario.ts'

const ORDERS = 300
const LINES = 3

const cartsOf = async (env: MeasureEnv): Promise<BenchCart[]> => {
  const variants = await someVariants(env, 60)
  const count = env.isQuick ? 20 : ORDERS
  return benchCarts(await benchContext(env), count, (index) =>
    Array.from({ length: LINES }, (_, line) => variants[(index * LINES + line) % variants.length]!),
  )
}

const statementsOf = (url: string, carts: readonly BenchCart[]) =>
  recordCommands(url, carts, ({ cartId, ctx }) => ({
    ctx,
    operation: 'orderPlace',
    input: { cartId },
    run: (inner) => placeOrder(inner, { cartId }),
  }))

const scenarioOf = (clients: number): Scenario => ({
  name: `place-order-${clients}`,
  title: `Orders of ${LINES} lines, ${clients} ${clients === 1 ? 'client' : 'clients'} at once`,
  rungs: {
    plain: {
      label: 'the same SQL in a plain script',
      measure: async (env) => replay(env.url, await statementsOf(env.url, await cartsOf(env)), clients),
    },
    ours: {
      label: 'ours, the mutation through the API',
      measure: async (env) => {
        const carts = await cartsOf(env)
        const { mutate, close } = openApi(env.url)
        const figures = await inClients(carts, clients, (cart) =>
          mutate('orderPlace', {
            input: { cartId: cartIdOf(cart) },
            headers: cart.headers,
            answer: 'order { number total { amountMinor } }',
          }),
        )
        await close()
        return figures
      },
    },
  },
  goals: ({ ours, plain }) => [
    atLeast('orders per second, of the same SQL in a plain script', {
      ours: ours?.['perSecond'],
      of: plain?.['perSecond'],
      share: 0.5,
      cause:
        'of the 7-8 ms that the process works on an order, 16 % are writes to the socket, one for each of 16 statements, 4-5 % compiling them, and the rest, without one large part, building and reading them, GraphQL and pricing, which the script does not do',
    }),
  ],
})

export const scenarios: readonly Scenario[] = [1, 16, 64].map(scenarioOf)
