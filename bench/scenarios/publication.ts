import { productPage, viewpoint } from '@hilo/catalog'
import { insertChannels } from '@hilo/channels'
import { encodeId, GUEST, type Uuid } from '@hilo/kernel'
import { benchContext, inClients, openApi } from '../run/write-bench.ts'
import { atMost, type Figures, type MeasureEnv, type MeasuredRung, type Scenario } from '../scenario.ts'

const CHANNELS = 505
const CHANGES = 40
const LISTED = 200

/** Opens channels until there are so many, for as long as it runs. */
const withChannels = async (
  env: MeasureEnv,
  count: number,
  run: () => Promise<Figures>,
): Promise<Figures> => {
  const { kysely: db } = env.database
  const present = await db.selectFrom('channel').select(['id', 'market_id']).execute()
  const more = Array.from({ length: count - present.length }, (_, n) => ({
    code: `bench-${n}`,
    name: { en: `Bench ${n}` },
    kind: 'WEB' as const,
    marketId: present[0]!.market_id,
  }))
  const ids = more.length > 0 ? [...(await insertChannels(db, more)).values()] : []
  try {
    return await run()
  } finally {
    if (ids.length > 0) {
      await db.deleteFrom('product_channel').where('channel_id', 'in', ids).execute()
      await db.deleteFrom('channel').where('id', 'in', ids).execute()
    }
  }
}

const someProducts = async ({ database: { kysely: db } }: MeasureEnv): Promise<Uuid[]> =>
  (await db.selectFrom('product').select('id').orderBy('slug').limit(LISTED).execute()).map(({ id }) => id)

const staffOf = ({ shop }: MeasureEnv) => ({ authorization: `Bearer ${shop.staffToken}` })

const publish = (env: MeasureEnv, { mutate }: ReturnType<typeof openApi>, ids: readonly Uuid[]) =>
  mutate('productPublish', {
    input: { productIds: ids.map((id) => encodeId('product', id)) },
    headers: staffOf(env),
  })

/** Publishes one product in every channel there is. */
const publishRung = (channels: number): MeasuredRung => ({
  label: `${channels} channels`,
  measure: (env) =>
    withChannels(env, channels, async () => {
      const ids = await someProducts(env)
      const api = openApi(env.url)
      const changes = ids.slice(0, env.isQuick ? 6 : CHANGES)
      const figures = await inClients(changes, 1, (id) => publish(env, api, [id]))
      await api.close()
      return figures
    }),
})

/** Lists products that are published in every channel, as a guest of one of them sees them. */
const listRung = (channels: number): MeasuredRung => ({
  label: `${channels} channels`,
  measure: (env) =>
    withChannels(env, channels, async () => {
      const ids = await someProducts(env)
      const api = openApi(env.url)
      await publish(env, api, ids)
      await api.close()
      const ctx = await benchContext(env)
      const page = {
        view: viewpoint({ ...ctx, actor: GUEST }),
        reader: ctx,
        filter: {},
        sort: { field: 'NAME', direction: 'asc' },
        after: undefined,
        limit: LISTED,
      } as const
      return inClients(Array.from({ length: CHANGES }), 1, () => productPage(ctx.db, page))
    }),
})

export const scenarios: readonly Scenario[] = [
  {
    name: 'publish',
    title: 'Publishing one product in every channel, by mutation',
    figure: 'p50',
    rungs: { few: publishRung(4), many: publishRung(CHANNELS) },
    goals: ({ many }) => [
      atMost(`ms in ${CHANNELS} channels, at the median`, { value: many?.['p50'] ?? Infinity, limit: 60 }),
      atMost(`ms of the slowest in ${CHANNELS} channels`, {
        value: many?.['p99'] ?? Infinity,
        limit: 60,
        cause: 'of forty the slowest meets whatever else the machine does',
      }),
    ],
  },
  {
    name: 'list-channels',
    title: `A page of ${LISTED} products that are published in every channel, from one of them`,
    figure: 'p50',
    rungs: { few: listRung(4), many: listRung(CHANNELS) },
    goals: ({ few, many }) => [
      atMost(`time with ${CHANNELS} channels, of that with 4`, {
        value: (many?.['p50'] ?? Infinity) / (few?.['p50'] ?? 1),
        limit: 1.3,
      }),
    ],
  },
]
