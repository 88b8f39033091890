import { describe, expect, it } from 'vitest'
import { addressOf, isWhole, ruleOf, treeOf } from './rule-tree.ts'

describe('a rule as a tree', () => {
  it('is the same rule again', () => {
    const rule = {
      all: [
        { category: ['cat_1'] },
        { any: [{ sku: { startsWith: 'A' } }, { createdWithinDays: 30 }] },
        { not: { any: [{ attribute: { code: 'roast', in: ['dark'] } }] } },
      ],
    }
    expect(ruleOf(treeOf(rule))).toEqual(rule)
  })

  it('says "not this" as "none of these"', () => {
    expect(ruleOf(treeOf({ not: { productType: ['coffee'] } }))).toEqual({
      not: { any: [{ productType: ['coffee'] }] },
    })
    expect(treeOf({ not: { all: [{ createdWithinDays: 1 }] } })).toEqual({
      mode: 'none',
      nodes: [{ mode: 'all', nodes: [{ field: 'createdWithinDays', value: 1 }] }],
    })
  })

  it('has room for one more beside a single condition', () => {
    expect(treeOf({ createdWithinDays: 7 })).toEqual({
      mode: 'all',
      nodes: [{ field: 'createdWithinDays', value: 7 }],
    })
  })

  it('is whole when every group and condition says something', () => {
    expect(isWhole(treeOf(null))).toBe(false)
    expect(isWhole(treeOf({ all: [{ category: [] }] }))).toBe(false)
    expect(isWhole(treeOf({ sku: { contains: ' ' } }))).toBe(false)
    expect(isWhole(treeOf({ attribute: { code: 'roast' } }))).toBe(false)
    expect(isWhole(treeOf({ attribute: { code: 'roast', in: ['dark'] } }))).toBe(true)
    expect(isWhole(treeOf({ attribute: { code: 'width', atMost: 0 } }))).toBe(true)
  })

  it('finds the part that a refusal is about', () => {
    expect(addressOf(['rule', 'all', '2', 'not', 'any', '0', 'attribute', 'in', '1'])).toBe('2.0')
    expect(addressOf(['rule'])).toBe('')
  })
})
