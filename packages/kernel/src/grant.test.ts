import { describe, expect, it } from 'vitest'
import {
  type Actor,
  grant,
  GUEST,
  may,
  mayIn,
  narrowedBy,
  notHeld,
  type Permission,
  PERMISSIONS,
  reachOf,
  SYSTEM,
} from './index.ts'

const staff = (...grants: Parameters<typeof grant>[]): Actor => ({
  kind: 'staff',
  staffId: 's',
  sessionId: 'x',
  grants: grants.map((each) => grant(...each)),
})

const inA = staff([['orders:write', 'stock:write', 'settings:write'], { channels: ['A'] }])
const atL = staff([['orders:write', 'stock:write'], { locations: ['L'] }])

describe('a grant', () => {
  it('lets who may write a noun read it', () => {
    expect(may(inA, 'orders:read')).toBe(true)
    expect(may(staff([['orders:read']]), 'orders:write')).toBe(false)
  })

  it('holds in its channels and at its locations only', () => {
    expect([
      mayIn(inA, 'orders:write', { channelId: 'A' }),
      mayIn(inA, 'orders:write', { channelId: 'B' }),
    ]).toEqual([true, false])
    expect(mayIn(atL, 'stock:write', { locationId: 'L' })).toBe(true)
    expect(mayIn(atL, 'stock:write', { locationId: 'M' })).toBe(false)
    expect(mayIn(SYSTEM, 'stock:write', { locationId: 'M' })).toBe(true)
    expect(mayIn(GUEST, 'stock:write', { locationId: 'M' })).toBe(false)
  })

  it('does not hold for what belongs to every channel, unless it reaches them all', () => {
    expect(mayIn(inA, 'orders:write', { channelId: null })).toBe(false)
    expect(mayIn(atL, 'orders:write', { channelId: null })).toBe(true)
  })

  it('gives what belongs to the whole shop only for the whole shop', () => {
    expect(may(inA, 'settings:write')).toBe(false)
    expect(may(staff([['settings:write'], { locations: ['L'] }]), 'settings:write')).toBe(false)
    expect(may(staff([['settings:write']]), 'settings:write')).toBe(true)
  })

  it('reaches what its permission is narrowed by, together with the others of its holder', () => {
    expect([reachOf(inA, 'orders:read'), reachOf(inA, 'stock:read')]).toEqual([['A'], 'all'])
    expect([reachOf(atL, 'orders:read'), reachOf(atL, 'stock:read')]).toEqual(['all', ['L']])
    expect(reachOf(inA, 'devices:read')).toEqual([])
    const both = staff(
      [['orders:read'], { channels: ['A', 'B'] }],
      [['orders:write'], { channels: ['B', 'C'] }],
    )
    expect(reachOf(both, 'orders:read')).toEqual(['A', 'B', 'C'])
    expect(reachOf(both, 'orders:write')).toEqual(['B', 'C'])
    expect(reachOf(GUEST, 'orders:read')).toEqual([])
    expect(reachOf(SYSTEM, 'orders:read')).toBe('all')
  })

  it('can be given on by who holds all of it, everywhere it holds', () => {
    expect(notHeld(inA, grant(['orders:read'], { channels: ['A'] }))).toBeUndefined()
    expect(notHeld(inA, grant(['orders:read'], { channels: ['A', 'B'] }))).toBe('orders:read')
    expect(notHeld(inA, grant(['orders:read']))).toBe('orders:read')
    expect(notHeld(inA, grant(['devices:read'], { channels: ['A'] }))).toBe('devices:read')
    expect(notHeld(inA, grant(['settings:write'], { channels: ['A'] }))).toBe('settings:write')
    // Neither of two grants holds there, although each of them reaches one half.
    const crossed = staff([['orders:read'], { channels: ['A'] }], [['orders:read'], { locations: ['L'] }])
    expect(notHeld(crossed, grant(['orders:read']))).toBe('orders:read')
    expect(notHeld(GUEST, grant(['orders:read']))).toBe('orders:read')
    expect(notHeld(SYSTEM, grant(PERMISSIONS))).toBeUndefined()
  })

  it('is narrowed alike for reading and writing a noun, catalogue aside', () => {
    const nouns = PERMISSIONS.filter((one) => one.endsWith(':read') && one !== 'catalog:read').map((one) =>
      one.replace(':read', ''),
    )
    for (const noun of nouns) {
      const write = `${noun}:write` as Permission
      if (PERMISSIONS.includes(write))
        expect(narrowedBy(`${noun}:read` as Permission)).toBe(narrowedBy(write))
    }
  })
})
