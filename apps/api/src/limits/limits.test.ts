import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, readLimits } from './limits.ts'

describe('the setting of the limits', () => {
  it('changes what it names and leaves the rest', () => {
    const limits = readLimits('depth=20, guest.perSecond=7\nfailures.burst=inf')
    expect(limits).toEqual({
      ...DEFAULT_LIMITS,
      depth: 20,
      failures: { ...DEFAULT_LIMITS.failures, burst: Number.POSITIVE_INFINITY },
      actors: { ...DEFAULT_LIMITS.actors, guest: { ...DEFAULT_LIMITS.actors.guest, perSecond: 7 } },
    })
    expect(readLimits('')).toEqual(DEFAULT_LIMITS)
  })

  it.each([
    'dept=20',
    'guest=7',
    'guest.burst',
    'depth.x=1',
    'depth=-1',
    'depth=x',
    '__proto__.x=1',
    'constructor=1',
  ])('refuses %s', (text) => {
    expect(() => readLimits(text)).toThrow(RangeError)
  })
})
