import { describe, expect, it } from 'vitest'
import { hourOf, instantOf, knownTimeZone, startOfDay, wallClock } from './day.ts'

describe('day', () => {
  it.each([
    ['2026-07-15T22:30:00Z', 'Europe/Madrid', '2026-07-15T22:00:00.000Z'],
    ['2026-01-15T22:30:00Z', 'Europe/Madrid', '2026-01-14T23:00:00.000Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Madrid', '2026-03-28T23:00:00.000Z'],
    ['2026-10-25T12:00:00Z', 'Europe/Madrid', '2026-10-24T22:00:00.000Z'],
    ['2026-11-21T02:00:00Z', 'America/New_York', '2026-11-20T05:00:00.000Z'],
    ['2026-11-21T16:00:00Z', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z'],
    ['2026-11-21T16:00:00Z', 'UTC', '2026-11-21T00:00:00.000Z'],
  ])('begins at midnight on the wall clock: %s in %s', (now, zone, start) => {
    expect(startOfDay(new Date(now), zone).toISOString()).toBe(start)
  })

  it('tells the hour that people see', () => {
    expect(hourOf(new Date('2026-07-15T22:30:00Z'), 'Europe/Madrid')).toBe(0)
    expect(hourOf(new Date('2026-07-15T22:30:00Z'), 'Asia/Kolkata')).toBe(4)
  })

  it('reads back the instant that a field shows', () => {
    for (const iso of ['2026-07-15T22:30:00.000Z', '2026-12-31T23:59:00.000Z'])
      expect(instantOf(wallClock(iso, 'America/New_York'), 'America/New_York')).toBe(iso)
    expect(instantOf('', 'UTC')).toBeUndefined()
  })

  it('falls back to UTC for a time zone that nobody knows', () => {
    expect(knownTimeZone('Europe/Madrid')).toBe('Europe/Madrid')
    expect(knownTimeZone('<script>')).toBe('UTC')
    expect(knownTimeZone(undefined)).toBe('UTC')
  })
})
