import { encodeId, newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { answered, callOf, kindOf, placesOf, rootFields } from './testing/call.ts'
import { createTestShop } from './testing/shop.ts'
import { difference, snapshot } from './testing/snapshot.ts'

const { post, people, ids, ctx } = await createTestShop()
const { guest, owner, device, staff, edge } = people

const cases = rootFields
  .filter(([operation]) => operation !== 'subscription')
  .flatMap(([operation, field]) =>
    placesOf(field, 'ID').map((path) => [operation, field.name, path, field] as const),
  )

/** Codes that say that an id is wrong. */
const ABOUT_IDS: readonly unknown[] = ['INVALID_ID', 'NOT_FOUND']

/** Where an id that is not there is answered with nothing found, or with a code that does not say what was wrong. */
const MAY_ANSWER: readonly string[] = [
  'customer',
  'deviceAuthenticate',
  'movements',
  'node',
  'nodes',
  'orders',
  'products',
]

describe.each([
  ['nonsense', () => 'nonsense'],
  ['an empty text', () => ''],
  ['the id of something else', () => encodeId('taxRate', newId())],
  ['an unknown id', (field: string, path: string) => encodeId(kindOf(field, path), newId())],
])('given %s', (_what, idFor) => {
  it.each(cases)(
    '%s %s at %s refuses with a code and writes nothing',
    async (operation, name, path, field) => {
      const call = callOf([operation, field], { ids, given: { [path]: idFor(name, path) } })
      const before = await snapshot(ctx.db)
      const told: unknown[] = []
      for (const headers of [guest, owner, device, staff, edge]) {
        const answer = await post(call, headers)
        const found = answered(answer, name)
        expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR')
        expect(answer.text).not.toContain('GRAPHQL_VALIDATION_FAILED')
        if (operation === 'mutation') expect(found).not.toEqual([])
        told.push(...found)
      }
      if (!MAY_ANSWER.includes(name)) {
        expect(told.some((code) => ABOUT_IDS.includes(code))).toBe(true)
      }
      expect(difference(before, await snapshot(ctx.db))).toEqual({ added: [], gone: [] })
    },
  )
})
