import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { readLimits } from '@hilo/api/limits'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chunk, openDoor, post } from './testing/door.ts'
import { megabytesInUse } from './testing/megabytes-in-use.ts'

const door = await openDoor(
  { limits: readLimits('failures.burst=inf') },
  { headersMs: 400, requestMs: 800, keepAliveMs: 60_000, checkEveryMs: 50, connections: 40 },
)
const { say, open, hear, ask, people } = door

const HELLO = '{ shop { code } }'
const ANSWERED = { data: { shop: { code: 'demo' } } }
const whole = (body: string | Buffer, ...headers: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from(post(`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', ...headers)),
    Buffer.from(body),
  ])

afterEach(async () => {
  expect(await ask(HELLO)).toMatchObject(ANSWERED)
})

describe('a body that is too large', () => {
  const MEGABYTES = 10
  const REFUSED = /^HTTP\/1\.1 413 [^]*REQUEST_TOO_LARGE/

  it('is refused by what it says of its length, before it is sent', async () => {
    const { text } = await say(post(`Content-Length: ${MEGABYTES * 2 ** 20}`))
    expect(text).toMatch(REFUSED)
    expect(text).toMatch(/connection: close/i)
  })

  it('is refused while it is read when it says nothing of its length', async () => {
    const { text } = await say(post('Transfer-Encoding: chunked') + chunk('x'.repeat(300 * 1024)), REFUSED)
    expect(text).toMatch(REFUSED)
  })

  it('is not kept: a hundred of 10 MB leave no trace', async () => {
    const piece = chunk(' '.repeat(64 * 1024))
    const send = async () => {
      const socket = await open()
      const heard = hear(socket)
      socket.write(post('Transfer-Encoding: chunked'))
      for (let sent = 0; sent < MEGABYTES * 16 && !socket.destroyed; sent += 1) {
        if (socket.write(piece)) continue
        await Promise.race([once(socket, 'drain').catch(() => undefined), heard])
      }
      await heard
    }
    const sendMany = async (count: number) => {
      for (let sent = 0; sent < count; sent += 10) await Promise.all(Array.from({ length: 10 }, send))
    }
    await sendMany(20)
    const before = megabytesInUse()
    await sendMany(100)
    // What a connection held is free only after the turns in which it closes.
    await vi.waitFor(() => expect(megabytesInUse() - before).toBeLessThan(MEGABYTES), { timeout: 10_000 })
  })

  it('is refused when it is compressed, however small', async () => {
    const bomb = gzipSync(Buffer.alloc(MEGABYTES * 2 ** 20, ' '))
    const { text } = await say(whole(bomb, 'Content-Encoding: gzip'))
    expect(text).toMatch(/^HTTP\/1\.1 415 [^]*ENCODING_NOT_ACCEPTED/)
  })

  it('is no body of 256 kB', async () => {
    const { text } = await say(whole(JSON.stringify({ query: `${HELLO}${' '.repeat(255 * 1024)}` })))
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*"demo"/)
  })
})

describe('a client that takes its time', () => {
  it('is cut when its headers do not end', async () => {
    const { text, ended } = await say('POST /graphql HTTP/1.1\r\nHost: shop.test\r\nX-Slow: ')
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(ended).toBe(true)
  })

  it('is cut when it sends them letter by letter', async () => {
    const socket = await open()
    const heard = hear(socket)
    const drip = setInterval(() => socket.write('x'), 20)
    socket.write('GET /graphql HTTP/1.1\r\nX-Slow: ')
    expect((await heard).ended).toBe(true)
    clearInterval(drip)
  })

  it('is cut when its body does not end', async () => {
    const { text, ended } = await say(`${post('Content-Length: 100')}{"query":`)
    expect(text).toMatch(/^(?:HTTP\/1\.1 408 |$)/)
    expect(ended).toBe(true)
  })

  it('is cut when it says nothing at all', async () => {
    const socket = await open()
    expect((await hear(socket)).ended).toBe(true)
  })
})

describe('idle connections', () => {
  it('above the limit cut the one that has been idle for longest, and never a busy one', async () => {
    const hello = `POST /graphql HTTP/1.1\r\nHost: shop.test\r\nContent-Type: application/json\r\nContent-Length: ${JSON.stringify({ query: HELLO }).length}\r\n\r\n${JSON.stringify({ query: HELLO })}`
    const live = await open()
    const opened = hear(live, /event: next|:\n\n/)
    const subscription = JSON.stringify({ query: 'subscription { productChanged { eventId } }' })
    live.write(post('Accept: text/event-stream', `Content-Length: ${subscription.length}`) + subscription)
    await opened
    const idle = []
    for (let index = 0; index < 40; index += 1) {
      const socket = await open()
      const answered = hear(socket, /"demo"/)
      socket.write(hello)
      await answered
      idle.push(socket)
    }
    const first = idle[1]!
    const cut = idle[0]!.destroyed ? Promise.resolve() : once(idle[0]!, 'close')
    await cut
    const next = once(first, 'close')
    await open()
    await next
    expect(idle.slice(3).filter(({ destroyed }) => destroyed)).toEqual([])
    expect(live.destroyed).toBe(false)
    for (const socket of [...idle, live]) socket.destroy()
  })
})

describe('what is no HTTP', () => {
  it.each([
    ['noise', Buffer.from([0, 255, 1, 254, 13, 10, 13, 10])],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
    ['two lengths', `${post('Content-Length: 2', 'Content-Length: 4').slice(0, -2)}\r\n{}`],
    ['a length and chunks', post('Content-Length: 2', 'Transfer-Encoding: chunked')],
    ['a length that is none', post('Content-Length: -1')],
    ['a chunk that is none', `${post('Transfer-Encoding: chunked')}zz\r\n`],
    ['a header without a name', 'GET /graphql HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n'],
    ['a line break in a header', 'GET /graphql HTTP/1.1\r\nHost: a\rX: y\r\n\r\n'],
  ])('is refused and cut: %s', async (_what, bytes) => {
    const { text, ended } = await say(bytes)
    expect(text).toMatch(/^(?:HTTP\/1\.1 (?:400|408) |$)/)
    expect(ended).toBe(true)
  })

  it('after a request that was sound is refused as well, and ends the connection', async () => {
    const body = JSON.stringify({ query: HELLO })
    const { text, ended } = await say(
      `${post(`Content-Length: ${body.length}`)}${body}rubbish rubbish\r\n\r\n`,
    )
    expect(text).toContain('HTTP/1.1 400')
    expect(ended).toBe(true)
  })
})

describe('headers that are too large or too many', () => {
  const get = (...headers: readonly string[]) =>
    [
      'GET /graphql?query={__typename} HTTP/1.1',
      'Host: shop.test',
      'Connection: close',
      ...headers,
      '',
      '',
    ].join('\r\n')

  it.each([
    ['a token of 20 kB', get(`Authorization: Bearer ${'x'.repeat(20_000)}`)],
    ['a cookie of 20 kB', get(`Cookie: hilo_session=${'x'.repeat(20_000)}`)],
    ['a path of 20 kB', get().replace('{__typename}', 'x'.repeat(20_000))],
    ['5,000 headers', get(...Array.from({ length: 5_000 }, (_, index) => `X-${index}: y`))],
  ])('are refused with 431: %s', async (_what, bytes) => {
    expect((await say(bytes)).text).toMatch(/^HTTP\/1\.1 431 /)
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer hs_forged extra',
    'bearer hs_forged',
    'Basic YWRtaW46YWRtaW4=',
    'Digest username="admin"',
    'Bearer null',
    'Bearer {}',
    `Bearer ${'hs_'.repeat(2_000)}`,
    'Bearer \u00ff\u00fe',
  ])('that prove nothing are refused rather than served as a guest: Authorization: %.40s', async (value) => {
    const { text } = await say(Buffer.from(get(`Authorization: ${value}`), 'latin1'))
    expect(text).toContain('UNAUTHENTICATED')
  })

  it('with two credentials count as one that is none', async () => {
    const { authorization } = people.staff
    const twice = get(`Authorization: ${authorization}`, 'Authorization: Bearer hs_forged')
    // Node keeps the first of them: whoever sent it is who asks, never somebody else.
    expect((await say(twice)).text).toMatch(/UNAUTHENTICATED|__typename/)
  })
})

describe('queries that are a lot of work', () => {
  const fragments = Array.from(
    { length: 100 },
    (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`,
  )
  it.each([
    ['deep', `{ categories ${'{ children '.repeat(100)} { id } ${'}'.repeat(100)} }`],
    ['wide', `{ shop { ${'code '.repeat(20_000)} } }`],
    ['aliased', `{ ${Array.from({ length: 1_000 }, (_, n) => `a${n}: shop { code }`).join(' ')} }`],
    ['a fragment bomb', `{ ...f0 } ${fragments.join(' ')} fragment f100 on Query { shop { code } }`],
    ['a ring of fragments', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'],
    ['directives', `{ shop { code ${'@skip(if: false) '.repeat(1_000)} } }`],
    ['introspection', `{ __schema { types ${'{ fields { type '.repeat(20)} { name } ${'} }'.repeat(20)} } }`],
    [
      'a thousand pages of a thousand',
      '{ categories { products(first: 1000) { nodes { variants { sku } } } } }',
    ],
  ])('are refused before they run: %s', async (_what, query) => {
    const startedAt = performance.now()
    const answer = (await ask(query)) as { errors: { extensions: { code: string } }[] }
    expect([
      'QUERY_LIMIT_EXCEEDED',
      'COST_LIMIT_EXCEEDED',
      'GRAPHQL_VALIDATION_FAILED',
      'GRAPHQL_PARSE_FAILED',
    ]).toContain(answer.errors[0]?.extensions.code)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
