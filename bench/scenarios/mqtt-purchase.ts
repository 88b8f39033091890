import { createApiKey } from '@hilo/access'
import { channelByCode } from '@hilo/channels'
import { createTestCustomer } from '@hilo/customers/testing'
import { createTestDevice } from '@hilo/devices/testing'
import { encodeId, unwrap } from '@hilo/kernel'
import { startEdge, withDevices } from '../mqtt/brokers.ts'
import type { Member } from '../mqtt/devices.ts'
import { CHANNEL, purchaseTopic } from '../mqtt/topics.ts'
import { startRung } from '../run/processes.ts'
import { benchContext, someVariants } from '../run/write-bench.ts'
import { atLeast, atMost, type MeasuredRung, type Scenario } from '../scenario.ts'

const DEVICES = 100
const SECONDS = 4
const RATES = [50, 200] as const
const CAUSE =
  'device, edge, API and Postgres share the cores, and a purchase is a transaction of the API: see device-purchase for how many it does a second'

const setup: Scenario['setup'] = async (env) => {
  const ctx = await benchContext(env)
  const { id: channelId } = (await channelByCode(ctx.db, CHANNEL))!
  const owner = await createTestCustomer(ctx, { consents: ['DEVICE_PURCHASE'] })
  const policy = { maxOrderMinor: 1_000_000n, maxDayMinor: 1_000_000_000n, maxQuantity: 10 }
  const members: Member[] = []
  for (let made = 0; made < (env.isQuick ? 4 : DEVICES); made += 1) {
    const device = await createTestDevice(ctx, { ownerId: owner.id, channelId, policy })
    const id = encodeId('device', device.id)
    members.push({ id, password: device.credential, topics: [[`${purchaseTopic(id, 'reply')}/+`, 1]] })
  }
  const permissions = ['edge', 'devices:read']
  const { key } = unwrap(await createApiKey(ctx, { name: 'Bench edge', permissions }))
  const skus = (await someVariants(env, 60)).map(({ sku }) => sku)
  return { members, key, skus }
}

/** Devices buy at a steady rate: device, edge, API and database are processes of their own. */
const rateRung = (perSecond: number): MeasuredRung => ({
  label: `${perSecond} purchases a second`,
  measure: async (env) => {
    const { members, key, skus } = env.facts as { members: Member[]; key: string; skus: string[] }
    const server = await startRung(env, { scenario: 'list-20', rung: 'ours' })
    const edge = startEdge({ url: `http://127.0.0.1:${server.port}/graphql`, key })
    try {
      return await withDevices(edge, async ({ port }, devices) => {
        await devices.tell<'connect'>({ kind: 'connect', port, members, clean: true })
        const buy = (count: number) => devices.tell<'buy'>({ kind: 'buy', skus, perSecond, count })
        await buy(env.isQuick ? 5 : perSecond)
        return { ...(await buy(env.isQuick ? 5 : perSecond * SECONDS)) }
      })
    } finally {
      await server.stop()
    }
  },
})

export const scenarios: readonly Scenario[] = [
  {
    name: 'mqtt-purchase',
    title: `Purchases of ${DEVICES} devices over MQTT, from command to reply`,
    figure: 'p99',
    setup,
    rungs: Object.fromEntries(RATES.map((rate) => [`rate-${rate}`, rateRung(rate)])),
    goals: (medians) =>
      RATES.flatMap((rate) => {
        const found = medians[`rate-${rate}`]
        return [
          atLeast(`purchases a second, of the ${rate} asked for`, {
            ours: found?.['perSecond'],
            of: rate,
            share: 0.95,
            cause: CAUSE,
          }),
          atMost(`p50 at ${rate} a second, at most 10 ms`, {
            value: found?.['p50'],
            limit: 10,
            cause: CAUSE,
          }),
          atMost(`p99 at ${rate} a second, at most 50 ms`, {
            value: found?.['p99'],
            limit: 50,
            cause: CAUSE,
          }),
        ]
      }),
  },
]
