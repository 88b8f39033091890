import { logSettled, recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, grant, GUEST, newId, type Permission, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { insertChannels, insertMarkets } from '../insert-shop.ts'
import { MAX_CHANNELS } from '../save-channel.ts'
import { createTestChannels } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })

/** An answer as a test walks through it. */
// oxlint-disable-next-line no-explicit-any
type Answer = any

const call = (name: string, input: object, { ctx = staff as typeof staff, fields = '' } = {}) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const source = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${fields} userErrors { code path } } }`
  return ask<{ payload: Answer }>(source, { ctx, variables: { input } })
}

const mutate = async (name: string, input: object, fields = ''): Promise<Answer> => {
  const { data, errors } = await call(name, input, { fields })
  expect(errors).toBeUndefined()
  return data.payload
}

const refusals = async (name: string, input: object): Promise<string[]> => {
  const { userErrors } = await mutate(name, input)
  return userErrors.map(({ code, path }: Answer) => `${code} ${path.join('.')}`.trim())
}

const GERMANY = { country: 'DE', standardPpm: 190_000, reducedPpm: 70_000 }
const AUSTRIA = { country: 'AT', standardPpm: 200_000, reducedPpm: 100_000, zeroPpm: 0 }

const marketInput = (code: string, rest: object = {}) => ({
  code,
  name: { en: 'Germany', es: 'Alemania' },
  currency: 'EUR',
  pricesIncludeTax: true,
  countries: [GERMANY],
  defaultLocale: 'en',
  ...rest,
})

const makeMarket = async (code: string, rest: object = {}): Promise<string> =>
  (await mutate('marketCreate', marketInput(code, rest), 'market { id }')).market.id

const makeChannel = async (code: string, marketId: string): Promise<string> =>
  (await mutate('channelCreate', { code, name: { en: code }, kind: 'WEB', marketId }, 'channel { id }'))
    .channel.id

const lastEvent = async (aggregateId: Uuid | undefined, type: string) => {
  await logSettled(db)
  return db
    .selectFrom('event')
    .select(['payload', 'changed', 'permission'])
    .where('type', '=', type)
    .$if(aggregateId !== undefined, (query) => query.where('aggregate_id', '=', aggregateId!))
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
}

const TERMS = `market { code name nameTexts { es: text(locale: "es") } currency pricesIncludeTax countries
  taxes { country standardPpm reducedPpm zeroPpm } defaultLocale deliveryPrice { decimal }
  timeZone stacking taxPer version }`

test('A market is made with all its terms, and changed in any of them', async () => {
  const made = await mutate(
    'marketCreate',
    marketInput('de', { delivery: { amountMinor: 490, currency: 'EUR' }, timeZone: 'Europe/Berlin' }),
    `market { id } ${TERMS.replace('market', 'again: market')}`,
  )
  expect(made.again).toEqual({
    code: 'de',
    name: 'Germany',
    nameTexts: { es: 'Alemania' },
    currency: 'EUR',
    pricesIncludeTax: true,
    countries: ['DE'],
    taxes: [{ ...GERMANY, zeroPpm: 0 }],
    defaultLocale: 'en',
    deliveryPrice: { decimal: '4.90' },
    timeZone: 'Europe/Berlin',
    stacking: 'STACK',
    taxPer: 'LINE',
    version: 1,
  })
  const { market } = await mutate(
    'marketUpdate',
    {
      id: made.market.id,
      ifVersion: 1,
      name: { en: 'German lands' },
      pricesIncludeTax: false,
      countries: [AUSTRIA, GERMANY],
      defaultLocale: 'es',
      delivery: { amountMinor: 0, currency: 'EUR' },
      stacking: 'BEST_DEAL',
    },
    TERMS,
  )
  expect(market).toMatchObject({
    name: 'German lands',
    nameTexts: { es: null },
    pricesIncludeTax: false,
    countries: ['AT', 'DE'],
    taxes: [AUSTRIA, GERMANY],
    defaultLocale: 'es',
    deliveryPrice: { decimal: '0.00' },
    timeZone: 'Europe/Berlin',
    stacking: 'BEST_DEAL',
    version: 2,
  })
  expect(await refusals('marketUpdate', { id: made.market.id, ifVersion: 1 })).toEqual([
    'VERSION_CONFLICT ifVersion',
  ])
  expect(await lastEvent(undefined, 'MarketUpdated.v1')).toMatchObject({
    payload: { code: 'de', version: 2 },
    permission: 'settings:write',
    changed: {
      name: [{ en: 'Germany', es: 'Alemania' }, { en: 'German lands' }],
      pricesIncludeTax: [true, false],
      countries: [['DE'], ['AT', 'DE']],
      deliveryMinor: [490, 0],
      stacking: ['STACK', 'BEST_DEAL'],
    },
  })
})

test('What no market can be is refused with its field', async () => {
  const made = (rest: object) => refusals('marketCreate', marketInput('fr', rest))
  await makeMarket('taken')
  expect(await made({ code: 'taken' })).toEqual(['MARKET_CODE_TAKEN code'])
  for (const code of ['', 'Big', '-a', 'a_b', 'x'.repeat(41)])
    expect(await made({ code })).toEqual(['SETTINGS_CODE_INVALID code'])
  expect(await made({ name: { en: ' ' } })).toEqual(['SETTINGS_NAME_INVALID name'])
  expect(await made({ countries: [] })).toEqual(['COUNTRIES_INVALID countries'])
  expect(await made({ countries: [GERMANY, GERMANY] })).toEqual(['COUNTRIES_INVALID countries'])
  expect(await made({ countries: [AUSTRIA, { ...GERMANY, reducedPpm: -1 }] })).toEqual([
    'TAX_RATE_INVALID countries.1',
  ])
  expect(await made({ countries: [{ ...GERMANY, standardPpm: 1_000_001 }] })).toEqual([
    'TAX_RATE_INVALID countries.0',
  ])
  expect(await made({ defaultLocale: 'ja' })).toEqual(['LANGUAGE_NOT_LISTED defaultLocale'])
  expect(await made({ timeZone: 'Mars/Olympus' })).toEqual(['TIME_ZONE_UNKNOWN timeZone'])
  expect(await made({ delivery: { amountMinor: -1, currency: 'EUR' } })).toEqual([
    'DELIVERY_PRICE_INVALID delivery.amountMinor',
  ])
  expect(await made({ delivery: { amountMinor: 5, currency: 'USD' } })).toEqual([
    'WRONG_CURRENCY delivery.currency',
  ])
  expect(await refusals('marketUpdate', { id: encodeId('market', newId()) })).toEqual(['NOT_FOUND id'])
})

test('The currency of a market changes until something reckons in it', async () => {
  const id = await makeMarket('free', { delivery: { amountMinor: 500, currency: 'EUR' } })
  expect(await refusals('marketUpdate', { id, currency: 'JPY' })).toEqual(['WRONG_CURRENCY delivery'])
  const delivery = { amountMinor: 600, currency: 'JPY' }
  const { market } = await mutate('marketUpdate', { id, currency: 'JPY', delivery }, TERMS)
  expect(market).toMatchObject({ currency: 'JPY', deliveryPrice: { decimal: '600' } })
  await makeChannel('free-web', id)
  expect(
    await refusals('marketUpdate', { id, currency: 'EUR', delivery: { amountMinor: 1, currency: 'EUR' } }),
  ).toEqual(['MARKET_CURRENCY_IN_USE currency'])
  expect(await refusals('marketUpdate', { id, currency: 'JPY' })).toEqual([])
})

test('A channel is opened in a market, named anew, closed and opened again', async () => {
  const fields = 'channel { id code name kind active version market { code } }'
  const input = {
    code: 'app-us',
    name: { en: 'App' },
    kind: 'MOBILE_APP',
    marketId: encodeId('market', webUs.market.id),
  }
  const { channel } = await mutate('channelCreate', input, fields)
  expect(channel).toMatchObject({
    code: 'app-us',
    name: 'App',
    kind: 'MOBILE_APP',
    active: true,
    version: 1,
    market: { code: 'us' },
  })
  const change = async (rest: object) =>
    (await mutate('channelUpdate', { id: channel.id, ...rest }, fields)).channel
  expect(await change({ ifVersion: 1, name: { en: 'The app' } })).toMatchObject({
    name: 'The app',
    version: 2,
  })
  expect(await change({ active: false })).toMatchObject({ name: 'The app', active: false })
  expect(await lastEvent(undefined, 'ChannelUpdated.v1')).toMatchObject({
    payload: { code: 'app-us', active: false },
    changed: { active: [true, false] },
  })
  expect(await change({ active: true })).toMatchObject({ active: true, version: 4 })
  expect(await refusals('channelUpdate', { id: channel.id, ifVersion: 1 })).toEqual([
    'VERSION_CONFLICT ifVersion',
  ])
})

test('What no channel can be is refused with its field', async () => {
  const marketId = encodeId('market', webEu.market.id)
  const made = (rest: object) =>
    refusals('channelCreate', { code: 'chat', name: { en: 'Chat' }, kind: 'CHAT', marketId, ...rest })
  expect(await made({ code: 'web-eu' })).toEqual(['CHANNEL_CODE_TAKEN code'])
  expect(await made({ code: 'a/b' })).toEqual(['SETTINGS_CODE_INVALID code'])
  expect(await made({ name: { en: 'x'.repeat(201) } })).toEqual(['SETTINGS_NAME_INVALID name'])
  expect(await made({ marketId: encodeId('market', newId()) })).toEqual(['NOT_FOUND marketId'])
  expect(await refusals('channelUpdate', { id: encodeId('channel', newId()) })).toEqual(['NOT_FOUND id'])
})

test('The default channel of the shop is an open one, and is not closed', async () => {
  const [was, other] = [webEu, webUs].map(({ id }) => encodeId('channel', id))
  expect(await refusals('channelUpdate', { id: was, active: false })).toEqual(['CHANNEL_IS_DEFAULT active'])
  await mutate('channelUpdate', { id: other, active: false })
  expect(await refusals('shopUpdate', { defaultChannelId: other })).toEqual([
    'CHANNEL_NOT_OPEN defaultChannelId',
  ])
  await mutate('channelUpdate', { id: other, active: true })
  const { shop } = await mutate(
    'shopUpdate',
    { name: 'The other shop', defaultChannelId: other },
    'shop { name defaultChannel { code } }',
  )
  expect(shop).toEqual({ name: 'The other shop', defaultChannel: { code: 'web-us' } })
  expect(await refusals('channelUpdate', { id: was, active: false })).toEqual([])
  await mutate('channelUpdate', { id: was, active: true })
  await mutate('shopUpdate', { defaultChannelId: was })
  expect(await refusals('shopUpdate', { name: '' })).toEqual(['SETTINGS_NAME_INVALID name'])
  expect(await refusals('shopUpdate', { defaultChannelId: encodeId('channel', newId()) })).toEqual([
    'NOT_FOUND defaultChannelId',
  ])
})

test('Closing a channel and making it the default at once leaves the default open', async () => {
  const id = await makeChannel('contested', encodeId('market', webEu.market.id))
  const [closing, choosing] = await Promise.all([
    refusals('channelUpdate', { id, active: false }),
    refusals('shopUpdate', { defaultChannelId: id }),
  ])
  expect([...closing, ...choosing]).toHaveLength(1)
  await mutate('shopUpdate', { defaultChannelId: encodeId('channel', webEu.id) })
})

test('A channel and another currency at once leave a market whose channel knows its currency', async () => {
  const marketId = await makeMarket('raced')
  const [changed] = await Promise.all([
    refusals('marketUpdate', { id: marketId, currency: 'USD' }),
    makeChannel('raced-web', marketId),
  ])
  const currency = changed.length === 0 ? 'USD' : 'EUR'
  const { data } = await ask<Answer>('{ channels { code market { currency } } }', { ctx: staff })
  expect(data.channels).toContainEqual({ code: 'raced-web', market: { currency } })
})

test('Only who may write the settings of the whole shop makes or changes any of it', async () => {
  const as = (permissions: Permission[], channels?: readonly Uuid[]) => ({
    ...staff,
    actor: {
      kind: 'staff',
      staffId: newId(),
      sessionId: newId(),
      grants: [grant(permissions, channels ? { channels } : {})],
    } as const,
  })
  const inputs = {
    marketCreate: marketInput('stolen'),
    marketUpdate: { id: encodeId('market', webEu.market.id), pricesIncludeTax: false },
    channelCreate: {
      code: 'stolen',
      name: { en: 'x' },
      kind: 'WEB',
      marketId: encodeId('market', webEu.market.id),
    },
    channelUpdate: { id: encodeId('channel', webUs.id), active: false },
    shopUpdate: { name: 'Stolen' },
  }
  const others = [
    { ...staff, actor: GUEST },
    as(['catalog:write', 'prices:write', 'staff:write']),
    as(['settings:write'], [webUs.id]),
  ]
  for (const [name, input] of Object.entries(inputs))
    for (const ctx of others) {
      const { errors } = await call(name, input, { ctx: ctx as typeof staff })
      expect(errors?.[0]?.extensions?.['code'], name).toMatch(/UNAUTHENTICATED|FORBIDDEN/)
    }
})

test('Channels with their markets and taxes take two statements, however many', async () => {
  const source =
    '{ channels { code market { code taxes { country standardPpm } deliveryPrice { decimal } } } }'
  const { result, statements } = await recordStatements(() => ask(source, { ctx: staff }))
  expect(result.errors).toBeUndefined()
  expect(statements).toHaveLength(2)
})

test('A shop has as many markets and channels as it may, exactly, however many make the last one at once', async () => {
  const marketId = encodeId('market', webEu.market.id)
  const { count } = await db
    .selectFrom('channel')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  const fill = Array.from({ length: MAX_CHANNELS - Number(count) - 1 }, (_, n) => ({
    code: `fill-${n}`,
    name: { en: 'Fill' },
    kind: 'WEB' as const,
    marketId: webEu.market.id,
  }))
  await insertChannels(db, fill)
  const channel = (code: string) => ({ code, name: { en: code }, kind: 'WEB', marketId })
  const outcomes = await Promise.all(
    ['one', 'two', 'three'].map((code) => refusals('channelCreate', channel(code))),
  )
  expect(outcomes.flat()).toEqual(['TOO_MANY_CHANNELS', 'TOO_MANY_CHANNELS'])
  const { length } = await db.selectFrom('market').select('id').execute()
  const market = (code: string) => ({
    code,
    name: { en: code },
    currency: 'EUR',
    pricesIncludeTax: true,
    defaultLocale: 'en',
    deliveryMinor: 0,
    taxRates: [{ country: 'ES', ratesPpm: { STANDARD: 0, REDUCED: 0, ZERO: 0 } }],
  })
  await insertMarkets(
    db,
    Array.from({ length: 99 - length }, (_, n) => market(`fill-${n}`)),
  )
  const made = await Promise.all(['m1', 'm2'].map((code) => refusals('marketCreate', marketInput(code))))
  expect(made.flat()).toEqual(['TOO_MANY_MARKETS'])
})
