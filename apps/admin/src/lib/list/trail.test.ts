import { describe, expect, it } from 'vitest'
import { cursorOf, trailOf, withFilters, withTrail } from './trail.ts'

describe('trail', () => {
  it('goes on and comes back by the address alone', () => {
    const first = new URLSearchParams('status=PLACED')
    expect(cursorOf(first)).toBeNull()
    const second = new URLSearchParams(withTrail(first, [...trailOf(first), 'a']))
    const third = new URLSearchParams(withTrail(second, [...trailOf(second), 'b']))
    expect(third.toString()).toBe('status=PLACED&after=a&after=b')
    expect(cursorOf(third)).toBe('b')
    expect(withTrail(third, trailOf(third).slice(0, -1))).toBe('?status=PLACED&after=a')
  })

  it('begins at the first page when a filter changes', () => {
    const params = new URLSearchParams('q=tea&status=DRAFT&after=a')
    expect(withFilters(params, { status: 'PUBLISHED' })).toBe('?q=tea&status=PUBLISHED')
    expect(withFilters(params, { status: undefined, q: '' })).toBe('?')
  })
})
