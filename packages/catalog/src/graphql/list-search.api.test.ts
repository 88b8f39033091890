import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { GUEST } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { createTestCollection, createTestType } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })
for (const [slug, en] of [
  ['summer', 'Sale of 100%'],
  ['winter', 'Warm things'],
  ['gifts', 'Summer gifts'],
] as const)
  await createTestCollection(staff, {
    slug,
    name: { en, es: `Verano ${slug}` },
    channelIds: slug === 'gifts' ? [webUs.id] : [webEu.id],
  })
for (const code of ['mug', 'teapot'])
  await createTestType(staff, { code, attributes: [{ code: `${code}-size`, kind: 'NUMBER' }] })

const find = async (list: string, search: string, ctx = staff): Promise<string[]> => {
  const key = list === 'collections' ? 'slug' : 'code'
  const given = list === 'collections' ? 'where: { search: $search }' : 'search: $search'
  interface Found {
    readonly list: { readonly totalCount: number; readonly nodes: readonly Record<string, string>[] }
  }
  const source = `query ($search: String) { list: ${list}(${given}) { totalCount nodes { ${key} } } }`
  const { result, statements } = await recordStatements(() =>
    ask<Found>(source, { ctx, variables: { search } }),
  )
  expect(result.errors).toBeUndefined()
  expect(statements).toHaveLength(2)
  const { totalCount, nodes } = result.data.list
  expect(totalCount).toBe(nodes.length)
  return nodes.map((node) => node[key]!)
}

it('Collections are found by a part of their slug or of their name in any language', async () => {
  expect(await find('collections', 'SUMMER')).toEqual(['gifts', 'summer'])
  expect(await find('collections', 'warm')).toEqual(['winter'])
  expect(await find('collections', 'verano')).toEqual(['gifts', 'summer', 'winter'])
  expect(await find('collections', ' ')).toHaveLength(3)
  expect(await find('collections', 'nothing')).toEqual([])
})

it('What means something to a pattern, or nothing to a database, is a text like others', async () => {
  expect(await find('collections', '100%')).toEqual(['summer'])
  for (const search of ['_inter', '%%', 'sum\\', "'; --", '"en"', 'a\0b', '\ud83d'])
    expect(await find('collections', search), search).toEqual([])
})

it('Guests find only collections that are published where they are', async () => {
  expect(await find('collections', 'summer', { ...staff, actor: GUEST })).toEqual(['summer'])
})

it('Attributes and product types are found likewise', async () => {
  expect(await find('attributes', 'pot-s')).toEqual(['teapot-size'])
  expect(await find('attributes', 'size')).toEqual(['mug-size', 'teapot-size'])
  expect(await find('productTypes', 'Mug')).toEqual(['mug'])
})
