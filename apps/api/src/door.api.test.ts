import { startEventFeed } from '@hilo/db'
import { testDatabase } from '@hilo/db/testing'
import { forgetKnown } from '@hilo/channels'
import { createTestChannels } from '@hilo/channels/testing'
import { systemClock } from '@hilo/kernel'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from './create-api.ts'

const { db, database } = await testDatabase()
const lines: string[] = []
const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
const feed = await startEventFeed(database)
const api = createApi({ database, feed, clock: systemClock, logger, corsOrigin: '*' })

beforeAll(async () => {
  await createTestChannels(db)
})
afterAll(() => feed.close())

interface Answer {
  readonly status: number
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[]
}

const post = async (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, ...(text ? (JSON.parse(text) as Omit<Answer, 'status'>) : {}) }
}

const codes = ({ errors = [] }: Answer): unknown[] => errors.map(({ extensions }) => extensions['code'])

describe('the door of the API', () => {
  it('answers from the default channel of the shop, and from the one the header names', async () => {
    const query = '{ context { channel { code } market { code } currency locale actor } }'
    expect((await post({ query })).data?.['context']).toMatchObject({
      channel: { code: 'web-eu' },
      currency: 'EUR',
    })
    expect((await post({ query }, { 'hilo-channel': 'web-jp' })).data?.['context']).toMatchObject({
      market: { code: 'jp' },
      currency: 'JPY',
      actor: 'guest',
    })
  })

  it('lets @inContext win over the headers', async () => {
    const query = 'query Q($c: String) @inContext(channel: $c, locale: "es") { context { currency locale } }'
    const answer = await post(
      { query, variables: { c: 'web-us' } },
      { 'hilo-channel': 'web-jp', 'accept-language': 'en' },
    )
    expect(answer.data?.['context']).toEqual({ currency: 'USD', locale: 'es' })
  })

  it('reads in the best of the shop’s languages, and speaks itself in the best of ours', async () => {
    const languages = { locales: ['en', 'es', 'es-MX', 'pt-BR'], defaultLocale: 'en' }
    await database.kysely.updateTable('shop').set({ locales: languages.locales }).execute()
    forgetKnown(database)
    const locale = async (accepted: string, query = '{ context { locale } }') => {
      const answer = await post({ query }, { 'accept-language': accepted })
      return (answer.data!['context'] as { locale: string }).locale
    }
    expect(await locale('es-MX,es;q=0.9')).toBe('es-MX')
    expect(await locale('es-AR')).toBe('es')
    expect(await locale('pt')).toBe('pt-BR')
    expect(await locale('fr, de;q=0.5')).toBe('en')
    expect(await locale('en', '{ context { locale } } ')).toBe('en')
    expect(await locale('en', 'query @inContext(locale: "pt-BR") { context { locale } }')).toBe('pt-BR')
    expect(await locale('en', 'query @inContext(locale: "no_such") { context { locale } }')).toBe('en')
    const { errors } = await post(
      { query: '{ product(slug: "none") { id } }' },
      { 'accept-language': 'pt, es;q=0.5' },
    )
    expect(errors?.[0]?.message).toMatch(/^No/)
  })

  it('refuses a channel that it does not have', async () => {
    expect(codes(await post({ query: '{ shop { code } }' }, { 'hilo-channel': 'moon' }))).toEqual([
      'UNKNOWN_CHANNEL',
    ])
    expect(
      codes(await post({ query: '{ shop { code } }' }, { 'hilo-channel': "'; drop table channel" })),
    ).toEqual(['UNKNOWN_CHANNEL'])
  })

  it('gives malformed requests a code and goes on', async () => {
    expect(codes(await post({ query: '{ shop {' }))).toEqual(['GRAPHQL_PARSE_FAILED'])
    expect(codes(await post({ query: '{ shop { colour } }' }))).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    expect(codes(await post({ query: 'query Q($n: ID!) { node(id: $n) { id } }', variables: {} }))).toEqual([
      'BAD_USER_INPUT',
    ])
    expect((await post('{"query": ')).status).toBe(400)
    expect(codes(await post({}))).toEqual(['BAD_REQUEST'])
    expect(codes(await post({ query: 7 }))).toEqual(['BAD_REQUEST'])
    expect((await post({ query: '{ shop { code } }' })).data).toEqual({ shop: { code: 'demo' } })
  })

  it('refuses ids that are none, and ids of things that are not there', async () => {
    expect(codes(await post({ query: '{ node(id: "nonsense") { id } }' }))).toEqual(['INVALID_ID'])
    expect(codes(await post({ query: '{ product(id: "prod_01h455vb4pex5vsknk084sn02q") { id } }' }))).toEqual(
      ['NOT_FOUND'],
    )
  })

  it('refuses a forged or expired token rather than serving a guest', async () => {
    const answer = await post({ query: '{ shop { code } }' }, { authorization: 'Bearer hs_forged' })
    expect(codes(answer)).toEqual(['UNAUTHENTICATED'])
    expect(
      codes(
        await post({ query: '{ shop { code } }' }, { cookie: 'hilo_session=hs_forged', 'hilo-csrf': '1' }),
      ),
    ).toEqual(['UNAUTHENTICATED'])
  })

  it('tells a guest to sign in where staff is needed', async () => {
    expect(codes(await post({ query: '{ customers { totalCount } }' }))).toEqual(['UNAUTHENTICATED'])
  })

  it('hides the cause of a bug and logs it under the number it shows', async () => {
    const broken = createApi({
      database,
      feed: {
        ...feed,
        subscribe: () => {
          throw new Error('secret detail')
        },
      },
      clock: systemClock,
      logger,
      corsOrigin: '*',
    })
    const response = await broken.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { priceChanged { eventId } }' }),
    })
    const text = await response.text()
    const errorId = /"errorId":"([^"]+)"/.exec(text)?.[1]
    expect(text).toContain('INTERNAL_SERVER_ERROR')
    expect(text).not.toContain('secret detail')
    expect(lines.some((line) => line.includes('secret detail') && line.includes(errorId!))).toBe(true)
  })

  it('keeps the correlation id of a caller in the log', async () => {
    await post({ query: 'query Named { shop { code } }' }, { 'x-correlation-id': 'from-the-button' })
    expect(lines.some((line) => line.includes('from-the-button') && line.includes('Named'))).toBe(true)
  })
})
