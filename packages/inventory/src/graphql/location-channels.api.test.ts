import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, newId, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestLocation } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webUs, webJp } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
const location = await createTestLocation(db, { channelIds: [webEu.id, webUs.id] })
const channelIds = (...ids: readonly Uuid[]) => ids.map((id) => encodeId('channel', id))

interface Answer {
  readonly payload: { readonly location: object | null; readonly userErrors: readonly object[] }
}

const set = (input: object, ctx = staff) =>
  ask<Answer>(
    `mutation ($input: LocationChannelsSetInput!) { payload: locationChannelsSet(input: $input) {
      location { channels { code } } userErrors { code path } } }`,
    { ctx, variables: { input: { id: encodeId('location', location), ...input } } },
  )

test('A location serves the channels that are said, no others, and the log says which before', async () => {
  const { data } = await set({ channelIds: channelIds(webUs.id, webJp.id, webUs.id) })
  expect(data.payload).toEqual({
    location: { channels: [{ code: 'web-jp' }, { code: 'web-us' }] },
    userErrors: [],
  })
  const event = await db
    .selectFrom('event')
    .select(['permission', 'changed'])
    .where('type', '=', 'LocationChannelsSet.v1')
    .executeTakeFirstOrThrow()
  expect(event).toEqual({
    permission: 'settings:write',
    changed: { channelIds: [[webEu.id, webUs.id].sort(), [webUs.id, webJp.id].sort()] },
  })
  expect((await set({ channelIds: [] })).data.payload.location).toEqual({ channels: [] })
})

test('What is not there is refused, and nothing is half done', async () => {
  await set({ channelIds: channelIds(webEu.id) })
  const missing = await set({ channelIds: channelIds(webUs.id, newId()) })
  expect(missing.data.payload.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['channelIds', '1'] }])
  const nowhere = await set({ id: encodeId('location', newId()), channelIds: [] })
  expect(nowhere.data.payload.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['id'] }])
  const { data } = await ask('{ locations { channels { code } } }', { ctx: staff })
  expect(data).toEqual({ locations: [{ channels: [{ code: 'web-eu' }] }] })
})

test('Who keeps the stock of a location does not say whom it serves', async () => {
  const grants = [grant(['stock:write', 'settings:write'], { locations: [location] })]
  const actor = { kind: 'staff', staffId: newId(), sessionId: newId(), grants } as const
  const { errors } = await set({ channelIds: [] }, { ...staff, actor })
  expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
})

test('A channel is served by the locations that are said, whatever else these serve, told of each that changed', async () => {
  const other = await createTestLocation(db, { channelIds: [webEu.id, webJp.id] })
  await set({ channelIds: channelIds(webEu.id, webUs.id) })
  const locationIds = (...ids: readonly Uuid[]) => ids.map((id) => encodeId('location', id))
  const serve = async (input: object) => {
    const { data } = await ask<{ payload: { userErrors: readonly { code: string; path: string[] }[] } }>(
      `mutation ($input: ChannelLocationsSetInput!) { payload: channelLocationsSet(input: $input) {
        channel { code } userErrors { code path } } }`,
      { ctx: staff, variables: { input: { id: encodeId('channel', webUs.id), ...input } } },
    )
    return data.payload.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)
  }
  const told = async () =>
    (
      await db
        .selectFrom('event')
        .select(['aggregate_id', 'changed'])
        .where('type', '=', 'LocationChannelsSet.v1')
        .orderBy('id', 'desc')
        .execute()
    ).map(({ aggregate_id, changed }) => ({ location: aggregate_id, changed }))
  const before = (await told()).length
  expect(await serve({ locationIds: locationIds(other, other) })).toEqual([])
  const { data } = await ask('{ locations { id channels { code } } }', { ctx: staff })
  expect(data).toEqual({
    locations: expect.arrayContaining([
      { id: encodeId('location', location), channels: [{ code: 'web-eu' }] },
      {
        id: encodeId('location', other),
        channels: [{ code: 'web-eu' }, { code: 'web-jp' }, { code: 'web-us' }],
      },
    ]) as object,
  })
  const events = await told()
  expect(events).toHaveLength(before + 2)
  expect(events.slice(0, 2)).toEqual(
    expect.arrayContaining([
      { location, changed: { channelIds: [[webEu.id, webUs.id].sort(), [webEu.id]] } },
    ]),
  )
  expect(await serve({ locationIds: locationIds(other) })).toEqual([])
  expect(await told()).toHaveLength(before + 2)
  expect(await serve({ locationIds: locationIds(other, newId()) })).toEqual(['NOT_FOUND locationIds.1'])
  expect(await serve({ id: encodeId('channel', newId()), locationIds: [] })).toEqual(['NOT_FOUND id'])
  expect(await serve({ locationIds: [] })).toEqual([])
})

test('Locations with their channels take three statements', async () => {
  for (let n = 0; n < 3; n += 1) await createTestLocation(db, { channelIds: [webEu.id, webJp.id] })
  const { statements } = await recordStatements(() =>
    ask('{ locations { channels { code } } }', { ctx: staff }),
  )
  expect(statements).toHaveLength(3)
})
