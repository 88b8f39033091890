import { createApiKey, openSession, revokeApiKey } from '@hilo/access'
import { createTestRole, createTestStaff } from '@hilo/access/testing'
import { encodeId, unwrap } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { codes, createTestShop, type Headers } from './testing/shop.ts'

// The regular check would come too late for any of these.
const { api, ctx, post, people, shop } = await createTestShop({ recheckEvery: 3_600_000 })

const bearing = (token: string): Headers => ({ authorization: `Bearer ${token}` })

/** Opens a stream of events; gives what it tells last, once it ends. */
const listen = async (
  caller: Headers,
  query = 'subscription { orderChanged { eventId } }',
): Promise<{ readonly ended: Promise<string> }> => {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...caller },
    body: JSON.stringify({ query }),
  })
  return { ended: response.text() }
}

const isOpen = async ({ ended }: { readonly ended: Promise<string> }): Promise<boolean> => {
  const open = Symbol('open')
  return (await Promise.race([ended, Promise.resolve(open)])) === open
}

const change = async (mutation: string, input: object, caller: Headers) => {
  const title = mutation.charAt(0).toUpperCase() + mutation.slice(1)
  const query = `mutation ($input: ${title}Input!) { ${mutation}(input: $input) { userErrors { code } } }`
  expect(await post({ query, variables: { input } }, caller)).toMatchObject({
    data: { [mutation]: { userErrors: [] } },
  })
}

const staffSession = async (staffId: string) =>
  bearing((await openSession(ctx.db, { kind: 'staff', subjectId: staffId, now: ctx.now() })).token)

it('ends the streams of a customer who signs out, and no others', async () => {
  const session = await openSession(ctx.db, { kind: 'customer', subjectId: shop.ownerId, now: ctx.now() })
  const other = await listen(people.owner)
  const { ended } = await listen(bearing(session.token))
  await change('customerSignOut', {}, bearing(session.token))
  expect(await ended).toContain('UNAUTHENTICATED')
  expect(await isOpen(other)).toBe(true)
})

it('ends the streams of a key that is revoked', async () => {
  const { id, key } = unwrap(await createApiKey(ctx, { name: 'Till', permissions: ['orders:read'] }))
  const { ended } = await listen(bearing(key))
  unwrap(await revokeApiKey(ctx, id))
  expect(await ended).toContain('UNAUTHENTICATED')
})

it('ends the streams of staff who are disabled, given other roles, or whose role changes', async () => {
  const roleId = await createTestRole(ctx, ['orders:read'])
  const role = encodeId('role', roleId)
  const join = async () => (await createTestStaff(ctx, { permissions: ['orders:read'] })).id
  const [disabled, moved, member] = [await join(), await join(), await join()]
  const publicId = (id: string) => encodeId('staff', id)
  await change('staffGrantsSet', { id: publicId(member), grants: [{ roleId: role }] }, people.staff)
  const streams = await Promise.all(
    [disabled, moved, member].map(async (id) => listen(await staffSession(id))),
  )
  await change('staffUpdate', { id: publicId(disabled), disabled: true }, people.staff)
  await change('staffGrantsSet', { id: publicId(moved), grants: [] }, people.staff)
  await change('roleUpdate', { id: role, permissions: ['orders:write'] }, people.staff)
  for (const { ended } of streams) expect(await ended).toContain('UNAUTHENTICATED')
})

it('ends the streams of a channel that is closed, of guests too and however it was named, and no others', async () => {
  const query = 'subscription { priceChanged { eventId } }'
  const named = 'subscription @inContext(channel: "web-jp") { priceChanged { eventId } }'
  const jp = { 'hilo-channel': 'web-jp' }
  const others = await Promise.all([listen({}, query), listen(people.owner, query)])
  const streams = await Promise.all([
    listen(jp, query),
    listen({}, named),
    listen({ ...people.owner, ...jp }, query),
    listen({ ...people.staff, ...jp }, query),
  ])
  const { data } = await post({ query: '{ channels { id code } }' })
  const channels = data!['channels'] as { id: string; code: string }[]
  const { id } = channels.find(({ code }) => code === 'web-jp')!
  await change('channelUpdate', { id, active: false }, people.staff)
  for (const { ended } of streams) expect(await ended).toContain('UNKNOWN_CHANNEL')
  for (const other of others) expect(await isOpen(other)).toBe(true)
  // Who comes again is refused at the door, in each way to name a channel.
  expect(await (await listen(jp, query)).ended).toContain('UNKNOWN_CHANNEL')
  expect(codes(await post({ query: '{ shop { code } }' }, jp))).toEqual(['UNKNOWN_CHANNEL'])
  const inside = 'query @inContext(channel: "web-jp") { shop { code } }'
  expect(codes(await post({ query: inside }))).toEqual(['UNKNOWN_CHANNEL'])
  await change('channelUpdate', { id, active: true }, people.staff)
  await expect.poll(async () => codes(await post({ query: '{ shop { code } }' }, jp))).toEqual([])
})

it('ends the streams of whoever named no channel, when the one that answered them is closed', async () => {
  const stream = await listen({}, 'subscription { priceChanged { eventId } }')
  const { data } = await post({ query: '{ channels { id code } shop { defaultChannel { id } } }' })
  const { channels, shop: was } = data as {
    channels: { id: string; code: string }[]
    shop: { defaultChannel: { id: string } }
  }
  const other = channels.find(({ code }) => code === 'web-us')!.id
  await change('shopUpdate', { defaultChannelId: other }, people.staff)
  expect(await isOpen(stream)).toBe(true)
  await change('channelUpdate', { id: was.defaultChannel.id, active: false }, people.staff)
  expect(await stream.ended).toContain('UNKNOWN_CHANNEL')
  await change('channelUpdate', { id: was.defaultChannel.id, active: true }, people.staff)
  await change('shopUpdate', { defaultChannelId: was.defaultChannel.id }, people.staff)
})
