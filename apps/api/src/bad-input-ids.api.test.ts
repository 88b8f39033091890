import { encodeId, newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { answered, callOf, type Given, kindOf, placesOf, rootFields } from './testing/call.ts'
import { createTestShop } from './testing/shop.ts'
import { difference, snapshot } from './testing/snapshot.ts'

const { post, people, ids, ctx } = await createTestShop()
const { guest, owner, device, staff, edge } = people

/** References among attributes are looked up by the kind of the attribute, in the tests of attributes. */
const OF_ATTRIBUTES = /attributes\.0\.(?:categoryIds|productIds)\.0$/

const cases = rootFields
  .filter(([operation]) => operation !== 'subscription')
  .flatMap(([operation, field]) =>
    placesOf(field, 'ID')
      .filter((path) => !OF_ATTRIBUTES.test(path))
      .map((path) => [operation, field.name, path, field] as const),
  )

/** Codes that say that an id is wrong. */
const ABOUT_IDS: readonly unknown[] = [
  'INVALID_ID',
  'NOT_FOUND',
  'PRODUCT_NOT_IN_COLLECTION',
  'IMAGE_ORDER_INCOMPLETE',
]

/** Where an id that is not there is answered with nothing found, or with a code that does not say what was wrong. */
const MAY_ANSWER: readonly string[] = [
  'auditEntries',
  'customer',
  'deviceAuthenticate',
  'movements',
  'node',
  'nodes',
  'orders',
  'priceExplanation',
  'productSearch',
  'products',
  'webhookDeliveries',
]

/** What a call needs beside the id to get as far as looking for it. */
const beside = (name: string, path: string): Given => {
  if (name === 'imageAdd' && path !== 'input.assetId') return { 'input.url': 'https://pictures.test/one.jpg' }
  if (name === 'translationsSet') return { 'input.translations.0.field': 'NAME' }
  if (name === 'variantFilesSet' && !path.endsWith('assetId')) return { 'input.files.0.body': 'AAAA-BBBB' }
  return /^parity(?:Report|WatchCreate)$/.test(name) && /channelIds|segmentIds/.test(path)
    ? { 'input.variantIds.0': ids.variant }
    : {}
}

/** Who is gone already need not be taken out. */
const TAKES_OUT: readonly string[] = ['collectionProductsRemove']

const wrongIds = (field: string, path: string): readonly string[] => [
  'nonsense',
  '',
  // Of something else.
  encodeId('taxRate', newId()),
  // Well formed, but of nothing that is there.
  ...(TAKES_OUT.includes(field) ? [] : [encodeId(kindOf(field, path), newId())]),
]

describe('an id that is none, of something else or unknown', () => {
  it.each(cases)('is refused by %s %s at %s with a code, and nothing is written', async (...at) => {
    const [operation, name, path, field] = at
    const before = await snapshot(ctx.db)
    for (const id of wrongIds(name, path)) {
      const call = callOf([operation, field], { ids, given: { ...beside(name, path), [path]: id } })
      const told = await Promise.all(
        [guest, owner, device, staff, edge].map(async (headers) => {
          const answer = await post(call, headers)
          expect(answer.text).not.toMatch(/INTERNAL_SERVER_ERROR|GRAPHQL_VALIDATION_FAILED/)
          const found = answered(answer, name)
          if (operation === 'mutation') expect(found).not.toEqual([])
          return found
        }),
      )
      if (!MAY_ANSWER.includes(name)) expect(told.flat().some((code) => ABOUT_IDS.includes(code))).toBe(true)
    }
    expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
  })
})
