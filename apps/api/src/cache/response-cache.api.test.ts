import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { appendEvents, command, openDatabase, startEventFeed } from '@hilo/db'
import { currency, encodeId, newId, type Result, systemClock } from '@hilo/kernel'
import { setPrice } from '@hilo/prices'
import { setStock } from '@hilo/inventory'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { createApi } from '../create-api.ts'
import { createTestShop, type Headers } from '../testing/shop.ts'

let now = systemClock().getTime()
const clock = () => new Date(now)
const { database, ctx, shop, people, sku, cartToken, ids } = await createTestShop({ clock })

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

/** A process of its own would have a feed and a pool of its own: so has each of these. */
const startApi = async () => {
  const own = openDatabase({ url: database.config.connectionString! })
  const feed = await startEventFeed(own)
  afterAll(async () => {
    await feed.close()
    await own.close()
  })
  const api = createApi({ database: own, feed, clock, logger: pino({ level: 'silent' }), corsOrigin: '*' })
  const url = await serve(api.listener)
  return { api, feed, url }
}

const [one, two] = [await startApi(), await startApi()]

const LIST = `{ products(where: {skus: ["${sku}"]}) { nodes { name variants { sku price { unit { amountMinor } } availability { quantity } } } } }`

const ask = async (url: string, query = LIST, headers: Headers = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  const { data, extensions } = (text ? JSON.parse(text) : {}) as {
    data?: unknown
    extensions?: { cost: object }
  }
  return {
    status: response.status,
    headers: response.headers,
    data,
    cost: extensions?.cost,
    isHit: response.headers.has('age'),
  }
}

const change = <T>(run: (inner: typeof ctx) => Promise<Result<T>>) =>
  command(ctx, { operation: 'test', input: null }, run)

/** Resolves when both processes have heard of everything that is committed; the event it says so by changes nothing. */
const heard = async (): Promise<void> => {
  const stop = new AbortController()
  const marks = [one, two].map(({ feed }) =>
    feed.subscribe({ types: ['CartMarked.v1'], signal: stop.signal }).next(),
  )
  await ctx.db
    .transaction()
    .execute((tx) =>
      appendEvents({ ...ctx, db: tx }, [
        { aggregate: 'cart', aggregateId: newId(), type: 'CartMarked.v1', payload: {} },
      ]),
    )
  await Promise.all(marks)
  stop.abort()
}

/** Asks until the answer is kept, which is a moment after the first was told. */
const warm = async (url: string, query = LIST): Promise<void> => {
  while (!(await ask(url, query)).isHit);
}

it('answers the second guest from the cache: the same data, its own cost, and headers to check by', async () => {
  const first = await ask(one.url)
  await warm(one.url)
  const second = await ask(one.url)
  expect([first.isHit, second.isHit]).toEqual([false, true])
  expect(second.data).toEqual(first.data)
  expect(second.cost).toMatchObject({ requested: 1, max: 50_000 })
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect(second.headers.get('x-correlation-id')).not.toBe(first.headers.get('x-correlation-id'))
  const named = await ask(one.url, LIST, { 'x-correlation-id': 'from-the-button' })
  expect([named.isHit, named.headers.get('x-correlation-id')]).toEqual([true, 'from-the-button'])
  const etag = second.headers.get('etag')!
  expect((await ask(one.url, LIST, { 'if-none-match': etag })).status).toBe(304)
})

it('keeps nothing of who has a credential, nor tells them what guests were told', async () => {
  await warm(one.url)
  for (const headers of [
    people.staff,
    people.owner,
    people.edge,
    { 'hilo-cart-token': cartToken },
    { cookie: 'a=b' },
  ]) {
    const answer = await ask(one.url, LIST, headers)
    expect(answer.isHit).toBe(false)
  }
  const drafts = `{ products(where: {status: DRAFT}) { nodes { id name } } }`
  for (let time = 0; time < 3; time += 1) {
    expect((await ask(one.url, drafts, people.staff)).data).toMatchObject({
      products: { nodes: [{ id: ids.product }] },
    })
    expect((await ask(one.url, drafts)).data).toEqual({ products: { nodes: [] } })
  }
})

it.each([
  ['a field that is not declared public', '{ context { locale } }'],
  ['an error', '{ product(slug: "nowhere") { id } }'],
  [
    'a field that guests may not reach',
    `{ products(where: {skus: ["${sku}"]}) { nodes { variants { prices { id } } } } }`,
  ],
  [
    'a trace, which what others use up changes',
    `{ products(where: {skus: ["${sku}"]}) { nodes { variants { price { trace { code } } } } } }`,
  ],
  [
    'a mutation',
    'mutation { staffSignIn(input: {email: "a@b.c", password: "none"}) { userErrors { code } } }',
  ],
])('keeps no answer with %s', async (_name, query) => {
  for (let time = 0; time < 3; time += 1) expect((await ask(one.url, query)).isHit).toBe(false)
})

it('asks anew in another channel and another language', async () => {
  await warm(one.url)
  expect((await ask(one.url, LIST, { 'hilo-channel': 'web-us' })).isHit).toBe(false)
  expect((await ask(one.url, LIST, { 'accept-language': 'es' })).isHit).toBe(false)
})

it('never tells what is no longer true once a process has heard of the change, in both processes', async () => {
  const lists = await database.kysely
    .selectFrom('price_list')
    .select('id')
    .where('currency', '=', 'EUR')
    .execute()
  for (let round = 1; round <= 12; round += 1) {
    const amountMinor = 1_000n + BigInt(round)
    const reads = Promise.all(Array.from({ length: 8 }, (_, n) => ask(n % 2 === 0 ? one.url : two.url)))
    const changed = change((inner) =>
      setPrice(inner, {
        variantId: shop.beans.variantId,
        priceListId: lists[0]!.id,
        amount: { amountMinor, currency: currency('EUR') },
        minQuantity: 1,
        valid: { from: null, until: null },
      }),
    )
    expect(await changed).toMatchObject({ ok: true })
    await heard()
    await reads
    for (const { url } of [one, two]) {
      const { data } = await ask(url)
      const direct = await ask(url, `${LIST} #${round} ${url}`)
      expect(JSON.stringify(data)).toContain(`"amountMinor":${amountMinor}`)
      expect(data).toEqual(direct.data)
    }
  }
})

it('tells the stock of now after each count, and keeps what holds other variants', async () => {
  const other = LIST.replace(sku, 'MUG')
  const { location_id: locationId } = await database.kysely
    .selectFrom('stock')
    .select('location_id')
    .where('variant_id', '=', shop.beans.variantId)
    .executeTakeFirstOrThrow()
  await warm(one.url, other)
  for (const onHand of [3, 0, 7]) {
    await warm(one.url)
    await change((inner) =>
      setStock(inner, { locationId, variantId: shop.beans.variantId, onHand: onHand + 2 }),
    )
    await heard()
    const { data, isHit } = await ask(one.url)
    expect([isHit, JSON.stringify(data)]).toEqual([false, expect.stringContaining('"availability"')])
    expect(data).toEqual((await ask(one.url, `${LIST} #${onHand}`)).data)
  }
  expect((await ask(one.url, other)).isHit).toBe(true)
})

it('ends an answer when a price begins, without any event', async () => {
  const lists = await database.kysely
    .selectFrom('price_list')
    .select('id')
    .where('currency', '=', 'EUR')
    .execute()
  await change((inner) =>
    setPrice(inner, {
      variantId: shop.beans.variantId,
      priceListId: lists[0]!.id,
      amount: { amountMinor: 1n, currency: currency('EUR') },
      minQuantity: 2,
      valid: { from: new Date(now + 5_000), until: null },
    }),
  )
  await heard()
  await warm(one.url)
  now += 4_999
  expect((await ask(one.url)).isHit).toBe(true)
  now += 1
  expect((await ask(one.url)).isHit).toBe(false)
})

it('ends every answer after a quarter of a minute', async () => {
  await warm(one.url)
  now += 14_999
  expect((await ask(one.url)).isHit).toBe(true)
  now += 1
  expect((await ask(one.url)).isHit).toBe(false)
})

it('executes once for all who ask the same at once', async () => {
  await warm(one.url)
  now += 15_000
  const together = await Promise.all(Array.from({ length: 8 }, () => ask(one.url)))
  expect(together.filter(({ isHit }) => !isHit)).toHaveLength(1)
  expect(new Set(together.map(({ data }) => JSON.stringify(data))).size).toBe(1)
})

/** A mutation by staff; gives its payload. */
const staffMutation = async (name: string, input: object, fields: string): Promise<Record<string, never>> => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const query = `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${fields} userErrors { code message path } } }`
  const response = await fetch(one.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...people.staff },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = (await response.json()) as { data?: Record<string, never>; errors?: object[] }
  expect([errors, (data?.[name] as unknown as { userErrors: object[] } | undefined)?.userErrors]).toEqual([
    undefined,
    [],
  ])
  return data![name]!
}

const startOf = () => new Date(now + 5_000).toISOString()
const amount = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const priceList = async (period: object, minor: number) => {
  const code = newId()
  const input = { code, currency: 'EUR', kind: 'CONTRACT', name: { en: code }, ...period }
  const { priceList: list } = (await staffMutation(
    'priceListCreate',
    input,
    'priceList { id }',
  )) as never as {
    priceList: { id: string }
  }
  await staffMutation(
    'priceSet',
    { priceListId: list.id, variantId: encodeId('variant', shop.beans.variantId), amount: amount(minor) },
    '',
  )
}

const publication = async (period: object) => {
  const { product_id } = await database.kysely
    .selectFrom('variant')
    .select('product_id')
    .where('id', '=', shop.beans.variantId)
    .executeTakeFirstOrThrow()
  await staffMutation('productPublish', { productIds: [encodeId('product', product_id)], ...period }, '')
}

const promotion = async (period: object): Promise<string> => {
  const definition = {
    v: 1,
    trigger: 'AUTOMATIC',
    effect: { kind: 'PERCENT', target: 'ITEM', ratePpm: 70_000 },
    ...period,
  }
  const made = await staffMutation(
    'promotionCreate',
    { name: { en: 'Soon' }, definition },
    'promotion { id }',
  )
  const { id } = (made as never as { promotion: { id: string } }).promotion
  await staffMutation('promotionPublish', { id }, '')
  return id
}

it('forgets at once that a promotion held, or was paused, in both processes', async () => {
  const id = await promotion({})
  const seen: unknown[] = []
  for (const name of ['promotionPause', 'promotionResume', 'promotionArchive']) {
    await heard()
    await warm(one.url)
    await warm(two.url)
    const before = (await ask(one.url)).data
    await staffMutation(name, { id }, '')
    await heard()
    const [mine, theirs] = [await ask(one.url), await ask(two.url)]
    expect([mine.isHit, theirs.isHit]).toEqual([false, false])
    expect(mine.data).not.toEqual(before)
    expect(theirs.data).toEqual(mine.data)
    seen.push(mine.data)
  }
  expect(seen[0]).toEqual(seen[2])
})

it.each([
  ['a promotion begins', () => promotion({ startsAt: startOf() })],
  ['a promotion ends', () => promotion({ endsAt: startOf() })],
  ['a price list begins', () => priceList({ validFrom: startOf() }, 777)],
  ['a price list ends', () => priceList({ validUntil: startOf() }, 666)],
  ['a publication ends', () => publication({ until: startOf() })],
  ['a publication begins', () => publication({ from: startOf() })],
])(
  'tells from its first instant on that %s, and until then what held before, in both processes',
  async (_name, schedule) => {
    await schedule()
    await heard()
    await warm(one.url)
    await warm(two.url)
    const before = (await ask(one.url)).data
    now += 4_999
    for (const { url } of [one, two]) expect(await ask(url)).toMatchObject({ isHit: true, data: before })
    now += 1
    const [mine, theirs] = [await ask(one.url), await ask(two.url)]
    expect([mine.isHit, theirs.isHit]).toEqual([false, false])
    expect(mine.data).not.toEqual(before)
    expect(theirs.data).toEqual(mine.data)
  },
)
