import { describe, expect, it } from 'vitest'
import { countChanges, rebase, withValue } from './rebase.ts'

const base = { name: { en: 'Tea', es: 'Té' }, channels: ['web'], prices: { a: '10', b: '20' } }

describe('rebase', () => {
  it('takes what they changed and keeps what I changed', () => {
    const mine = { ...base, name: { en: 'Green tea', es: 'Té' } }
    const theirs = { ...base, name: { en: 'Tea', es: 'Té verde' }, channels: ['web', 'app'] }
    expect(rebase(base, mine, theirs)).toEqual({
      draft: { ...base, name: { en: 'Green tea', es: 'Té verde' }, channels: ['web', 'app'] },
      overlaps: [],
    })
  })

  it('keeps mine where both changed the same, and tells', () => {
    const mine = { ...base, prices: { a: '11', b: '20' } }
    const theirs = { ...base, prices: { a: '12', b: '21' } }
    const { draft, overlaps } = rebase(base, mine, theirs)
    expect(draft.prices).toEqual({ a: '11', b: '21' })
    expect(overlaps).toEqual([{ path: ['prices', 'a'], theirs: '12' }])
    expect(withValue(draft, ['prices', 'a'], '12').prices).toEqual({ a: '12', b: '21' })
  })

  it('agrees when both wrote the same', () => {
    const same = { ...base, channels: ['app'] }
    expect(rebase(base, same, structuredClone(same))).toEqual({ draft: same, overlaps: [] })
  })

  it('keeps what only I added and drops what they removed', () => {
    type Prices = Record<string, string>
    const mine: Prices = { a: '10', b: '20', mine: '5' }
    const theirs: Prices = { a: '10', theirs: '7' }
    expect(rebase<Prices>({ a: '10', b: '20' }, mine, theirs).draft).toEqual({
      a: '10',
      theirs: '7',
      mine: '5',
    })
  })

  it('counts single values', () => {
    expect(countChanges(base, base)).toBe(0)
    expect(countChanges(base, { ...base, channels: [], prices: { a: '1', b: '2' } })).toBe(3)
  })
})
