import { TEST_CHANNEL, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId, SYSTEM, type Actor, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { resolveActor } from '../resolve-actor.ts'
import { builtInRole } from '../role-queries.ts'
import { openSession } from '../session.ts'
import { createTestRole, createTestStaff, TEST_PASSWORD } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { market, ...channel } = TEST_CHANNEL
await db
  .insertInto('market')
  .values({
    id: market.id,
    code: market.code,
    name: '{}',
    currency: market.currency,
    prices_include_tax: market.pricesIncludeTax,
    countries: [...market.countries],
  })
  .execute()
await db
  .insertInto('channel')
  .values({ ...channel, name: '{}', market_id: market.id })
  .execute()

const publicRole = (id: Uuid) => encodeId('role', id)

/** A member of staff with a session, as whom one can ask again and again. */
const join = async (options: Parameters<typeof createTestStaff>[1]) => {
  const { id, email } = await createTestStaff(ctx, options)
  const { token } = await openSession(db, { kind: 'staff', subjectId: id, now: ctx.now() })
  return {
    id: encodeId('staff', id),
    email,
    actor: async (): Promise<Actor | undefined> => {
      const found = await resolveActor(db, { bearer: token, now: ctx.now() })
      return found.ok ? found.value : undefined
    },
  }
}

type Member = Awaited<ReturnType<typeof join>>

/** Runs a mutation and answers its payload; what was refused is only its codes. */
const run = async (who: Member | 'system', name: string, input: object) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const field = name.startsWith('role') && name !== 'roleDelete' ? 'role { id name permissions version }' : ''
  const member = name.startsWith('staff')
    ? 'staff { id name disabled version permissions grants { channelIds } }'
    : ''
  const source = `mutation ($input: ${title}Input!) { ${name}(input: $input) { ${field} ${member} userErrors { code path } } }`
  const actor = who === 'system' ? SYSTEM : (await who.actor())!
  const { data, errors } = await ask<
    Record<string, Record<string, unknown> & { userErrors: { code: string }[] }>
  >(source, { ctx: testContext(db, { actor }), variables: { input } })
  if (errors) return errors.map(({ extensions }) => extensions?.['code']).join()
  const { userErrors, ...payload } = data[name]!
  return userErrors.length > 0 ? userErrors.map(({ code }) => code).join() : payload
}

const administrator = await join({})
const manager = await join({ permissions: ['staff:write', 'orders:write', 'catalog:read'] })

test('A role is made, changed and taken away; who holds it may the other things at once', async () => {
  const made = await run(administrator, 'roleCreate', { name: 'Till', permissions: ['orders:read'] })
  expect(made).toMatchObject({ role: { name: 'Till', permissions: ['orders:read'], version: 1 } })
  const { role } = made as { role: { id: string } }
  const clerk = await join({ permissions: [] })
  await run(administrator, 'staffGrantsSet', { id: clerk.id, grants: [{ roleId: role.id }] })
  expect(await clerk.actor()).toMatchObject({ grants: [{ permissions: new Set(['orders:read']) }] })
  await run(administrator, 'roleUpdate', { id: role.id, permissions: ['orders:write'] })
  expect(await clerk.actor()).toMatchObject({
    grants: [{ permissions: new Set(['orders:read', 'orders:write']) }],
  })
  expect(await run(administrator, 'roleDelete', { id: role.id })).toBe('ROLE_IN_USE')
  await run(administrator, 'staffGrantsSet', { id: clerk.id, grants: [] })
  expect(await clerk.actor()).toMatchObject({ grants: [] })
  expect(await run(administrator, 'roleDelete', { id: role.id })).toEqual({})
  expect(await run(administrator, 'roleDelete', { id: role.id })).toBe('NOT_FOUND')
})

test('A role keeps to its rules', async () => {
  const refused = (input: object) =>
    run(administrator, 'roleCreate', { name: 'X', permissions: [], ...input })
  expect(await refused({ name: ' ' })).toBe('NAME_INVALID')
  expect(await refused({ name: 'wareHOUSE' })).toBe('ROLE_NAME_TAKEN')
  expect(await refused({ permissions: ['*'] })).toBe('PERMISSION_UNKNOWN')
  const fixed = { id: publicRole(await builtInRole(db, 'administrator')), permissions: [] }
  expect(await run(administrator, 'roleUpdate', fixed)).toBe('ROLE_FIXED')
  const role = publicRole(await createTestRole(ctx, []))
  expect(await run(administrator, 'roleUpdate', { id: role, ifVersion: 7 })).toBe('VERSION_CONFLICT')
})

test('Nobody gives, takes or takes over what they do not hold', async () => {
  expect(await run(manager, 'roleCreate', { name: 'More', permissions: ['keys:write'] })).toBe(
    'GRANT_BEYOND_OWN',
  )
  const strong = publicRole(await createTestRole(ctx, ['settings:write']))
  const same = publicRole(await createTestRole(ctx, ['orders:read']))
  expect(await run(manager, 'roleUpdate', { id: strong, permissions: [] })).toBe('GRANT_BEYOND_OWN')
  expect(await run(manager, 'roleUpdate', { id: same, permissions: ['prices:read'] })).toBe(
    'GRANT_BEYOND_OWN',
  )
  const clerk = await join({ permissions: ['orders:read'] })
  const grant = (roleId: string) => run(manager, 'staffGrantsSet', { id: clerk.id, grants: [{ roleId }] })
  expect(await grant(strong)).toBe('GRANT_BEYOND_OWN')
  expect(await grant(same)).toHaveProperty('staff')
  const { id } = administrator
  const password = { id, password: TEST_PASSWORD }
  expect(await run(manager, 'staffPasswordSet', password)).toBe('GRANT_BEYOND_OWN')
  expect(await run(manager, 'staffUpdate', { id, disabled: true })).toBe('GRANT_BEYOND_OWN')
  expect(await run(manager, 'staffGrantsSet', { id, grants: [] })).toBe('GRANT_BEYOND_OWN')
  const anna = { name: 'Anna', email: 'anna@shop.test', password: TEST_PASSWORD }
  expect(await run(manager, 'staffCreate', { ...anna, grants: [{ roleId: strong }] })).toBe(
    'GRANT_BEYOND_OWN',
  )
  expect(await run(manager, 'staffCreate', { ...anna, grants: [{ roleId: same }] })).toHaveProperty('staff')
  expect(await run(clerk, 'staffCreate', { ...anna, grants: [] })).toBe('FORBIDDEN')
})

test('Who is disabled is out at once, and cannot sign in', async () => {
  const clerk = await join({ permissions: [] })
  expect(await run(administrator, 'staffUpdate', { id: clerk.id, disabled: true })).toMatchObject({
    staff: { disabled: true, version: 2 },
  })
  expect(await clerk.actor()).toBeUndefined()
  await run(administrator, 'staffUpdate', { id: clerk.id, disabled: false })
  expect(await clerk.actor(), 'their old sessions stay ended').toBeUndefined()
})

test('The last administrator stays one, whoever asks and however many at once', async () => {
  const role = publicRole(await builtInRole(db, 'administrator'))
  const grants = [{ roleId: role }]
  const two = await Promise.all([join({ permissions: [] }), join({ permissions: [] })])
  for (const { id } of two) await run('system', 'staffGrantsSet', { id, grants })
  const outcomes = await Promise.all(
    two.map(({ id }) => run('system', 'staffUpdate', { id, disabled: true })),
  )
  expect(outcomes.filter((outcome) => outcome === 'LAST_ADMINISTRATOR')).toHaveLength(1)
  const left = two[outcomes.indexOf('LAST_ADMINISTRATOR')]!
  const channelIds = [encodeId('channel', channel.id)]
  const limited = { id: left.id, grants: [{ roleId: role, channelIds }] }
  expect(await run('system', 'staffGrantsSet', { id: left.id, grants: [] })).toBe('LAST_ADMINISTRATOR')
  expect(await run('system', 'staffGrantsSet', limited)).toBe('LAST_ADMINISTRATOR')
  const same = await run('system', 'staffGrantsSet', { id: left.id, grants })
  expect(same).toMatchObject({ staff: { grants: [{ channelIds: null }] } })
})

test('A grant names channels and locations that are there', async () => {
  const clerk = await join({ permissions: [] })
  const roleId = publicRole(await createTestRole(ctx, ['orders:read']))
  const set = (reach: object) =>
    run(administrator, 'staffGrantsSet', { id: clerk.id, grants: [{ roleId, ...reach }] })
  expect(await set({ channelIds: [encodeId('channel', newId())] })).toBe('NOT_FOUND')
  expect(await set({ locationIds: [encodeId('location', newId())] })).toBe('NOT_FOUND')
  expect(await set({ channelIds: [] })).toBe('INVALID_INPUT')
  expect(await set({ channelIds: [encodeId('channel', channel.id)] })).toHaveProperty('staff')
  expect(await clerk.actor()).toMatchObject({ grants: [{ channels: [channel.id], locations: 'all' }] })
})

test('One sets one’s own name with one’s own session, and one’s password with the present one', async () => {
  const clerk = await join({ permissions: [] })
  const other = await join({ permissions: [] })
  expect(await run(clerk, 'staffUpdate', { id: clerk.id, name: 'Bea' })).toMatchObject({
    staff: { name: 'Bea' },
  })
  expect(await run(clerk, 'staffUpdate', { id: clerk.id, disabled: false })).toBe('FORBIDDEN')
  expect(await run(clerk, 'staffUpdate', { id: other.id, name: 'Bea' })).toBe('NOT_FOUND')
  const set = (currentPassword?: string) =>
    run(clerk, 'staffPasswordSet', { id: clerk.id, password: 'another long password', currentPassword })
  expect(await set()).toBe('PASSWORD_WRONG')
  expect(await set(TEST_PASSWORD)).toHaveProperty('staff')
  expect(await clerk.actor(), 'the session that asked goes on').toBeDefined()
  const wrong = await Promise.all(Array.from({ length: 7 }, () => set('guessed by somebody')))
  expect(wrong).toContain('RATE_LIMITED')
})

test('Staff list their sessions and end one', async () => {
  const clerk = await join({ permissions: [] })
  const { staffId } = (await clerk.actor()) as Extract<Actor, { kind: 'staff' }>
  const phone = await openSession(db, {
    kind: 'staff',
    subjectId: staffId,
    now: ctx.now(),
    userAgent: 'Phone',
  })
  const source = `{ node(id: "${clerk.id}") { ... on Staff { sessions { totalCount nodes { id current userAgent } } } } }`
  type Sessions = { node: { sessions: { nodes: { id: string; userAgent: string | null }[] } } }
  const list = async () =>
    (await ask<Sessions>(source, { ctx: testContext(db, { actor: (await clerk.actor())! }) })).data
  const { nodes } = (await list()).node.sessions
  expect(nodes).toMatchObject([
    { userAgent: 'Phone', current: false },
    { userAgent: null, current: true },
  ])
  expect(await run(clerk, 'sessionRevoke', { id: nodes[0]!.id })).toEqual({})
  expect((await resolveActor(db, { bearer: phone.token, now: ctx.now() })).ok).toBe(false)
  expect(await list()).toMatchObject({ node: { sessions: { totalCount: 1 } } })
  expect(await run(manager, 'sessionRevoke', { id: encodeId('session', newId()) })).toBe('NOT_FOUND')
})

test('Every change is an event that tells what it was and is, and no secret', async () => {
  const events = await db
    .selectFrom('event')
    .select(['type', 'actor', 'changed', 'payload', 'permission'])
    .where('aggregate', 'in', ['role', 'staff'])
    .execute()
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([
    'RoleCreated.v1',
    'RoleDeleted.v1',
    'RoleUpdated.v1',
    'StaffCreated.v1',
    'StaffGrantsSet.v1',
    'StaffPasswordSet.v1',
    'StaffUpdated.v1',
  ])
  expect(new Set(events.map(({ permission }) => permission))).toEqual(new Set(['staff:write']))
  const disabled = events.find(({ changed }) => JSON.stringify(changed) === '{"disabled":[false,true]}')
  expect(disabled?.actor).toMatch(/^staff:/)
  expect(JSON.stringify(events)).not.toMatch(/argon2|another long password/)
})
