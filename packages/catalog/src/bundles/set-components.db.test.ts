import { createTestChannels } from '@hilo/channels/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTestProduct, giveTestFile, setTestGoods } from '../testing/index.ts'
import { componentsOfBundles, MAX_BUNDLES, MAX_COMPONENTS } from './components.ts'
import { type BundleChange, setComponents } from './set-components.ts'

const { db } = await testDatabase()
let ctx: Context

beforeAll(async () => {
  ctx = testContext(db, { channel: (await createTestChannels(db)).webEu })
})

const variants = async (...skus: string[]): Promise<Uuid[]> => [
  ...(await createTestProduct(ctx, { sku: skus[0]!, moreSkus: skus.slice(1) })).variantIds,
]

const set = (variantId: Uuid, parts: readonly Uuid[], more: Partial<BundleChange> = {}) =>
  command(ctx, { operation: 'test', input: null }, (inner) =>
    setComponents(inner, {
      variantId,
      components: parts.map((id) => ({ variantId: id, quantity: 1 })),
      ...more,
    }),
  )

const codeOf = async (outcome: ReturnType<typeof set>) => {
  const result = await outcome
  return result.ok ? 'ok' : result.error.code
}

describe('a bundle', () => {
  it('is made of variants in their order, tells the log, and becomes ordinary again with none', async () => {
    const [bundle, a, b] = await variants('set', 'a', 'b')
    expect(await codeOf(set(bundle!, [b!, a!], { reductionPpm: 100_000 }))).toBe('ok')
    expect((await componentsOfBundles(db, [bundle!])).map(({ sku }) => sku)).toEqual(['b', 'a'])
    const event = await db
      .selectFrom('event')
      .select('changed')
      .where('aggregate_id', '=', bundle!)
      .where('type', '=', 'VariantUpdated.v1')
      .executeTakeFirstOrThrow()
    expect(event.changed).toEqual({ components: [[], ['1 × b', '1 × a']] })
    expect(await codeOf(set(bundle!, []))).toBe('ok')
    expect(await componentsOfBundles(db, [bundle!])).toEqual([])
    const row = await db
      .selectFrom('variant')
      .select(['bundle_reduction_ppm', 'version'])
      .where('id', '=', bundle!)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ bundle_reduction_ppm: null, version: 3 })
  })

  it('is never in a bundle, whichever of the two is made first', async () => {
    const [outer, inner, part] = await variants('outer', 'inner', 'part')
    await set(inner!, [part!])
    expect(await codeOf(set(outer!, [inner!]))).toBe('BUNDLE_COMPONENT_IS_BUNDLE')
    expect(await codeOf(set(part!, [outer!]))).toBe('BUNDLE_IS_COMPONENT')
    expect(await codeOf(set(outer!, [outer!]))).toBe('BUNDLE_OF_ITSELF')
  })

  it('is never in a bundle when two are made of each other at once', async () => {
    const ids = await variants(...Array.from({ length: 12 }, (_, index) => `ring-${index}`))
    const codes = await Promise.all(ids.map((id, index) => codeOf(set(id, [ids[(index + 1) % ids.length]!]))))
    expect(codes).toContain('ok')
    const both = await db
      .selectFrom('bundle_component as outer')
      .innerJoin('bundle_component as inner', 'inner.bundle_id', 'outer.component_id')
      .select('outer.bundle_id')
      .execute()
    expect(both).toEqual([])
  })

  it('refuses what cannot be, and changes nothing', async () => {
    const [bundle, part, weighed, filed] = await variants('strict', 'strict-part', 'weighed', 'filed')
    await set(bundle!, [part!])
    await setTestGoods(ctx, weighed!, { measure: { unit: 'KILOGRAM', scale: 3 } })
    await giveTestFile(ctx, filed!, { name: 'a.txt', body: 'a' })
    const many = Array.from({ length: MAX_COMPONENTS + 1 }, () => newId())
    const codes = [
      await codeOf(set(bundle!, [part!, part!])),
      await codeOf(set(bundle!, [newId()])),
      await codeOf(set(newId(), [part!])),
      await codeOf(set(bundle!, many)),
      await codeOf(set(bundle!, [], { components: [{ variantId: part!, quantity: 0 }] })),
      await codeOf(set(bundle!, [part!], { reductionPpm: 1_000_001 })),
      await codeOf(set(bundle!, [part!], { ifVersion: 1 })),
      await codeOf(set(weighed!, [part!])),
      await codeOf(set(filed!, [part!])),
    ]
    expect(codes).toEqual([
      'BUNDLE_COMPONENT_TWICE',
      'NOT_FOUND',
      'NOT_FOUND',
      'TOO_MANY',
      'QUANTITY_INVALID',
      'REDUCTION_INVALID',
      'VERSION_CONFLICT',
      'BUNDLE_NOT_ITSELF',
      'BUNDLE_NOT_ITSELF',
    ])
    expect(await componentsOfBundles(db, [bundle!])).toMatchObject([{ sku: 'strict-part' }])
  })

  it('does not share a component with more than so many others', async () => {
    const ids = await variants(
      'shared',
      ...Array.from({ length: MAX_BUNDLES + 1 }, (_, index) => `in-${index}`),
    )
    const [shared, ...bundles] = ids
    await db
      .insertInto('bundle_component')
      .values(
        bundles
          .slice(0, MAX_BUNDLES)
          .map((id) => ({ bundle_id: id, component_id: shared!, quantity: 1, position: 0 })),
      )
      .execute()
    expect(await codeOf(set(bundles.at(-1)!, [shared!]))).toBe('COMPONENT_IN_TOO_MANY')
    expect(await codeOf(set(bundles[0]!, [shared!]))).toBe('ok')
  })
})
