import { type BuiltInRole, builtInRole, createStaff } from '@hilo/access'
import { TEST_COST, TEST_PASSWORD } from '@hilo/access/testing'
import { unwrap } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { codes, createTestShop, type Headers } from './testing/shop.ts'

const { bearer, ctx, ids, post, shop } = await createTestShop()

const memberWith = async (role: BuiltInRole, email = `${role}@shop.test`): Promise<Headers> => {
  const grants = [{ roleId: await builtInRole(ctx.db, role) }]
  const person = { name: role, email, password: TEST_PASSWORD, grants }
  return bearer('staff', unwrap(await createStaff(ctx, person, TEST_COST)).id)
}

const permissionsOf = async (headers: Headers): Promise<readonly string[]> => {
  const { data } = await post({ query: '{ viewer { ... on Staff { permissions } } }' }, headers)
  return (data!['viewer'] as { permissions: string[] }).permissions
}

const sku = shop.beans.sku

/** What a page of staff asks for, as far as they may see it. */
const PAGE = `query ($sku: String!, $id: ID!, $prices: Boolean!, $stock: Boolean!, $promotions: Boolean!) {
  variant(sku: $sku) { sku prices @include(if: $prices) { id priceList { id } } stock @include(if: $stock) { onHand } }
  priceLists @include(if: $prices) { id }
  promotions @include(if: $promotions) { nodes { id coupons { nodes { id } } } }
  draft: product(id: $id) { id channels { id } }
}`

it.each(['administrator', 'catalogue', 'prices', 'warehouse', 'support', 'read-only'] as const)(
  'whoever is %s sees the pages of products, drafts too, as far as their permissions say',
  async (role) => {
    const headers = await memberWith(role)
    const held = await permissionsOf(headers)
    const variables = {
      sku,
      id: ids.product,
      prices: held.includes('prices:read'),
      stock: held.includes('stock:read'),
      promotions: held.includes('promotions:read'),
    }
    const answer = await post({ query: PAGE, variables }, headers)
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({ variant: { sku }, draft: { id: ids.product } })
  },
)

it('a field that one may not see is null with an error of its own, and the rest is answered', async () => {
  const query = `{ variant(sku: "${sku}") { sku prices { id } stock { onHand } } }`
  const answer = await post({ query }, await memberWith('warehouse', 'hall@shop.test'))
  expect(answer.data).toMatchObject({ variant: { sku, prices: null, stock: [{ onHand: 1_000 }] } })
  expect(answer.errors).toMatchObject([{ path: ['variant', 'prices'], extensions: { code: 'FORBIDDEN' } }])
  const guest = await post({ query })
  expect(guest.data).toEqual({ variant: { sku, prices: null, stock: null } })
  expect(codes(guest)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
})

it('somebody bound to one channel acts there and looks nowhere else', async () => {
  const { webEu, webJp } = shop.channels
  const roleId = await builtInRole(ctx.db, 'support')
  const person = { name: 'S', email: 's@shop.test', password: TEST_PASSWORD }
  const grants = [{ roleId, channels: [webJp.id] }]
  const support = unwrap(await createStaff(ctx, { ...person, grants }, TEST_COST))
  const headers = await bearer('staff', support.id)
  const orders = '{ orders { totalCount } customers { totalCount } devices { totalCount } }'
  expect(await post({ query: orders }, headers)).toMatchObject({
    data: { orders: { totalCount: 0 }, customers: { totalCount: 0 }, devices: { totalCount: 0 } },
  })
  // An order in the channel brings its customer and device along.
  await ctx.db.updateTable('order').set({ channel_id: webJp.id }).execute()
  expect(await post({ query: orders }, headers)).toMatchObject({
    data: { orders: { totalCount: 1 }, customers: { totalCount: 1 }, devices: { totalCount: 0 } },
  })
  const cancel = 'mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }'
  const input = { id: ids.order, idempotencyKey: 'in-my-channel' }
  await ctx.db.updateTable('order').set({ channel_id: webEu.id }).execute()
  expect(await post({ query: cancel, variables: { input } }, headers)).toMatchObject({
    data: { orderCancel: { userErrors: [{ code: 'NOT_FOUND' }] } },
  })
  await ctx.db.updateTable('order').set({ channel_id: webJp.id }).execute()
  const again = { input: { ...input, idempotencyKey: 'now-it-is' } }
  expect(await post({ query: cancel, variables: again }, headers)).toMatchObject({
    data: { orderCancel: { userErrors: [] } },
  })
})
