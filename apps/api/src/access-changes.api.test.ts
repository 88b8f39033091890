import { createApiKey, openSession, revokeApiKey } from '@hilo/access'
import { createTestRole, createTestStaff } from '@hilo/access/testing'
import { encodeId, unwrap } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { createTestShop, type Headers } from './testing/shop.ts'

// The regular check would come too late for any of these.
const { api, ctx, post, people, shop } = await createTestShop({ recheckEvery: 3_600_000 })

const bearing = (token: string): Headers => ({ authorization: `Bearer ${token}` })

/** Opens a stream of events; gives what it tells last, once it ends. */
const listen = async (caller: Headers): Promise<{ readonly ended: Promise<string> }> => {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...caller },
    body: JSON.stringify({ query: 'subscription { orderChanged { eventId } }' }),
  })
  return { ended: response.text() }
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
  const stillOpen = Symbol('open')
  expect(await Promise.race([other.ended, Promise.resolve(stillOpen)])).toBe(stillOpen)
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
