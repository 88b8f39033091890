import { openSession } from '@hilo/access'
import { channelByCode } from '@hilo/channels'
import { createTestCustomer } from '@hilo/customers/testing'
import { purchase } from '@hilo/devices'
import { createTestDevice } from '@hilo/devices/testing'
import type { Actor } from '@hilo/kernel'
import { benchContext, inClients, openApi, recordCommands, replay, someVariants } from '../run/write-bench.ts'
import { atLeast, type MeasureEnv, type Scenario } from '../scenario.ts'

const DEVICES = 16
const PURCHASES = 300

interface BenchDevice {
  /** What it buys. */
  readonly sku: string
  readonly actor: Actor
  readonly headers: Readonly<Record<string, string>>
}

/** Devices of as many customers, which may buy without end. */
const devicesOf = async (env: MeasureEnv): Promise<BenchDevice[]> => {
  const ctx = await benchContext(env)
  const channel = (await channelByCode(ctx.db, 'device-eu')) ?? ctx.channel
  const devices: BenchDevice[] = []
  for (const { sku } of await someVariants(env, DEVICES)) {
    const owner = await createTestCustomer(ctx, { consents: ['DEVICE_PURCHASE'] })
    const { id, actor } = await createTestDevice(ctx, {
      ownerId: owner.id,
      channelId: channel.id,
      policy: { maxOrderMinor: 1_000_000n, maxDayMinor: 1_000_000_000n, maxQuantity: 10 },
    })
    const { token } = await openSession(ctx.db, { kind: 'device', subjectId: id, now: ctx.now() })
    devices.push({ sku, actor, headers: { authorization: `Bearer ${token}` } })
  }
  return devices
}

const purchasesOf = async (env: MeasureEnv): Promise<BenchDevice[]> => {
  const devices = await devicesOf(env)
  return Array.from({ length: env.isQuick ? 20 : PURCHASES }, (_, index) => devices[index % DEVICES]!)
}

const statementsOf = async (env: MeasureEnv) => {
  const ctx = await benchContext(env)
  return recordCommands(env.url, await purchasesOf(env), ({ actor, sku }) => {
    const input = { sku, quantity: 1 }
    return {
      ctx: { ...ctx, actor },
      operation: 'devicePurchase',
      input,
      run: (inner) => purchase(inner, input),
    }
  })
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'device-purchase',
    title: `Purchases of ${DEVICES} devices at once by mutation, each of its own variant`,
    rungs: {
      plain: {
        label: 'the same SQL in a plain script',
        measure: async (env) => replay(env.url, await statementsOf(env), DEVICES),
      },
      ours: {
        label: 'ours, the mutation through the API',
        measure: async (env) => {
          const purchases = await purchasesOf(env)
          const { mutate, close } = openApi(env.url)
          const figures = await inClients(purchases, DEVICES, ({ sku, headers }) =>
            mutate('devicePurchase', { input: { sku, quantity: 1 }, headers }),
          )
          await close()
          return figures
        },
      },
    },
    goals: ({ ours, plain }) => [
      atLeast('purchases per second, of the same SQL in a plain script', {
        ours: ours?.['perSecond'],
        of: plain?.['perSecond'],
        share: 0.5,
        cause:
          'GraphQL, pricing and compiling statements are work of the process that the script does not do',
      }),
    ],
  },
]
