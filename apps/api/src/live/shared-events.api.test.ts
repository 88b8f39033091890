import { appendEvents } from '@hilo/db'
import { newId } from '@hilo/kernel'
import { SHELF_PRICE_CHANGED } from '@hilo/promotions'
import { expect, it } from 'vitest'
import { createTestShop, type Headers } from '../testing/shop.ts'

const { api, ctx, database, people, cartToken } = await createTestShop()
const channels = await database.kysely.selectFrom('channel').select(['id', 'code']).execute()

const FIELDS = 'eventId sku channel price { amountMinor formatted }'
const LIVE = `subscription ($after: String) { priceChanged(after: $after) { ${FIELDS} } }`

interface Asked {
  readonly query?: string
  readonly variables?: object
}

interface Told {
  readonly data?: { readonly priceChanged: { eventId: string; sku: string; channel: string } | null }
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
  readonly extensions?: { readonly cost: object }
}

const MESSAGE = /^[^]*?event: next\ndata: (.*)\n\n([^]*)$/

/** Subscribes over SSE; `next` gives the text of the next message. */
const open = async (headers: Headers = {}, { query = LIVE, variables = {} }: Asked = {}) => {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const chunks = (response.body as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  // Its first bytes say that it reads: until then it would read what comes from the log, and share nothing.
  const { value: opening } = await chunks.next()
  let text = Buffer.from(opening as Uint8Array).toString('utf8')
  const next = async (): Promise<string> => {
    for (let found = MESSAGE.exec(text); ; found = MESSAGE.exec(text)) {
      if (found) {
        text = found[2]!
        return found[1]!
      }
      const { value, done } = await chunks.next()
      if (done) throw new Error(`The stream ended: ${text}`)
      text += Buffer.from(value).toString('utf8')
    }
  }
  return { next, close: async () => void (await chunks.return?.()) }
}

const readTold = (text: string): Told => JSON.parse(text) as Told

/** A price that changed in a channel; public, as the projection writes it. */
const changePrice = (sku: string, code = 'web-eu') => {
  const variantId = newId()
  const channelId = channels.find((channel) => channel.code === code)!.id
  const payload = {
    variantId,
    sku,
    channelId,
    channelCode: code,
    currency: 'EUR',
    amountMinor: 1_250,
    listMinor: 1_250,
  }
  return database.kysely.transaction().execute((tx) =>
    appendEvents({ ...ctx, db: tx }, [
      {
        aggregate: 'shelf_price',
        aggregateId: variantId,
        type: SHELF_PRICE_CHANGED,
        payload,
        scope: { public: true },
      },
    ]),
  )
}

it('tells guests the same text as who shares with nobody, with what it cost', async () => {
  const alone = { 'hilo-cart-token': cartToken }
  const all = await Promise.all([open(), open(), open(alone), open(people.owner)])
  await changePrice('ONE')
  const [first, second, third, owner] = await Promise.all(all.map(({ next }) => next()))
  expect(readTold(first!)).toMatchObject({
    data: { priceChanged: { sku: 'ONE', channel: 'web-eu' } },
    extensions: { cost: { requested: expect.any(Number) } },
  })
  expect(second).toBe(first)
  expect(third).toBe(first)
  expect(readTold(owner!).data).toEqual(readTold(first!).data)
  await Promise.all(all.map(({ close }) => close()))
})

it('tells nobody what was made for another channel or language', async () => {
  const all = await Promise.all([
    open(),
    open({ 'accept-language': 'es' }),
    open({ 'hilo-channel': 'web-us' }),
    open({}, { query: LIVE.replace('{ priceChanged', '@inContext(channel: "web-us") { priceChanged') }),
    open({}, { query: `${LIVE} #` }),
  ])
  await changePrice('HERE')
  await changePrice('THERE', 'web-us')
  const [english, spanish, ...rest] = await Promise.all(all.map(({ next }) => next()))
  expect(english).toContain('€12.50')
  expect(spanish).toContain('12,50')
  const skus = rest.map((text) => readTold(text).data?.priceChanged?.sku)
  expect(skus).toEqual(['THERE', 'THERE', 'HERE'])
  await Promise.all(all.map(({ close }) => close()))
})

it('goes on after any event with each that follows, once and in order, beside those who listen', async () => {
  const live = await open()
  const texts: string[] = []
  for (const sku of ['A', 'B', 'C']) {
    await changePrice(sku)
    texts.push(await live.next())
  }
  const resumed = await open({}, { variables: { after: readTold(texts[0]!).data!.priceChanged!.eventId } })
  await changePrice('D')
  const rest = [await resumed.next(), await resumed.next(), await resumed.next()]
  expect(rest).toEqual([...texts.slice(1), await live.next()])
  await Promise.all([live.close(), resumed.close()])
})

it('refuses what is wrong as it does who shares with nobody', async () => {
  for (const asked of [
    { variables: { after: 'nonsense' } },
    { variables: { after: 7 } },
    { query: 'subscription ($skus: [String!]!) { priceChanged(skus: $skus) { sku } }' },
  ]) {
    const [shared, alone] = await Promise.all([
      open({}, asked),
      open({ 'hilo-cart-token': cartToken }, asked),
    ])
    const [told, expected] = [readTold(await shared.next()), readTold(await alone.next())]
    const codes = ({ errors }: Told) => errors?.map(({ extensions }) => extensions.code)
    expect(codes(expected)).toHaveLength(1)
    expect(codes(told)).toEqual(codes(expected))
  }
})
