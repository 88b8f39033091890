import { describe, expect, it } from 'vitest'
import { compileSchedule, type Schedule, WEEKDAYS } from './schedule.ts'
import { isTimeZone } from './wall-clock.ts'

const MADRID = 'Europe/Madrid'
const NEW_YORK = 'America/New_York'

const stateOf = (weekly: Schedule['weekly'], at: string, timeZone = MADRID) => {
  const { open, until } = compileSchedule({ timeZone, weekly })(Date.parse(at), 'UTC')
  return { open, until: until === Infinity ? 'never' : new Date(until).toISOString() }
}

const EVERY_DAY = [...WEEKDAYS]

describe('weekly hours', () => {
  it.each([
    // Monday 15 June 2026, two hours ahead of UTC.
    ['2026-06-15T14:59:59Z', false, '2026-06-15T15:00:00.000Z'],
    ['2026-06-15T15:00:00Z', true, '2026-06-15T17:00:00.000Z'],
    ['2026-06-15T16:59:59Z', true, '2026-06-15T17:00:00.000Z'],
    ['2026-06-15T17:00:00Z', false, '2026-06-22T15:00:00.000Z'],
    // And one in winter.
    ['2026-01-12T16:00:00Z', true, '2026-01-12T18:00:00.000Z'],
  ])('are those on the wall: at %s open is %s until %s', (at, open, until) => {
    expect(stateOf([{ days: ['MON'], from: '17:00', until: '19:00' }], at)).toEqual({ open, until })
  })

  it('close after a week that the change to winter makes an hour longer', () => {
    const allButAnHour = [
      { days: EVERY_DAY.filter((day) => day !== 'MON'), from: '00:00', until: '24:00' },
      { days: ['MON' as const], from: '00:00', until: '03:00' },
      { days: ['MON' as const], from: '04:00', until: '24:00' },
    ]
    expect(stateOf(allButAnHour, '2026-10-20T12:00:00Z')).toEqual({
      open: true,
      until: '2026-10-26T02:00:00.000Z',
    })
  })

  it('run over midnight, and belong to the day on which they begin', () => {
    const night = [{ days: ['FRI' as const], from: '22:00', until: '02:00' }]
    expect(stateOf(night, '2026-06-19T23:30:00Z')).toEqual({ open: true, until: '2026-06-20T00:00:00.000Z' })
    expect(stateOf(night, '2026-06-18T23:30:00Z')).toMatchObject({ open: false })
    expect(stateOf(night, '2026-06-20T00:00:00Z')).toEqual({ open: false, until: '2026-06-26T20:00:00.000Z' })
  })

  it('that touch are one stretch', () => {
    const weekend = [
      { days: ['SAT' as const], from: '12:00', until: '24:00' },
      { days: ['SUN' as const], from: '00:00', until: '06:00' },
    ]
    expect(stateOf(weekend, '2026-06-20T12:00:00Z')).toEqual({
      open: true,
      until: '2026-06-21T04:00:00.000Z',
    })
  })

  it('of the whole week never end', () => {
    const always = [{ days: EVERY_DAY, from: '00:00', until: '24:00' }]
    expect(stateOf(always, '2026-06-20T12:00:00Z')).toEqual({ open: true, until: 'never' })
  })

  it('are in the market’s time zone when they name none', () => {
    const hours = compileSchedule({ weekly: [{ days: ['MON'], from: '09:00', until: '10:00' }] })
    const at = Date.parse('2026-06-15T13:30:00Z')
    expect(hours(at, NEW_YORK).open).toBe(true)
    expect(hours(at, MADRID).open).toBe(false)
    expect(hours(at, NEW_YORK).open).toBe(true)
  })
})

describe('weekly hours when the clocks change', () => {
  const daily = (from: string, until: string) => [{ days: EVERY_DAY, from, until }]

  it.each<[string, string, Schedule['weekly'], string, string]>([
    // Madrid, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC. New York, 8 March: at 07:00 UTC.
    [
      'lose an hour in Madrid',
      MADRID,
      daily('01:00', '05:00'),
      '2026-03-29T00:00:00Z',
      '2026-03-29T03:00:00Z',
    ],
    [
      'lose an hour in New York',
      NEW_YORK,
      daily('01:00', '05:00'),
      '2026-03-08T06:00:00Z',
      '2026-03-08T09:00:00Z',
    ],
    // 25 October: 03:00 becomes 02:00 at 01:00 UTC. New York, 1 November: at 06:00 UTC.
    [
      'gain an hour in Madrid',
      MADRID,
      daily('01:00', '05:00'),
      '2026-10-24T23:00:00Z',
      '2026-10-25T04:00:00Z',
    ],
    [
      'gain an hour in New York',
      NEW_YORK,
      daily('00:30', '05:00'),
      '2026-11-01T04:30:00Z',
      '2026-11-01T10:00:00Z',
    ],
    ['begin with the jump', MADRID, daily('02:30', '04:00'), '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'],
    ['end with the jump', NEW_YORK, daily('01:00', '02:30'), '2026-03-08T06:00:00Z', '2026-03-08T07:00:00Z'],
    ['begin once', MADRID, daily('02:15', '02:45'), '2026-10-25T00:15:00Z', '2026-10-25T00:45:00Z'],
  ])('%s', (_, timeZone, weekly, from, until) => {
    const begins = new Date(Date.parse(from)).toISOString()
    const ends = new Date(Date.parse(until)).toISOString()
    expect(stateOf(weekly, new Date(Date.parse(from) - 1).toISOString(), timeZone)).toEqual({
      open: false,
      until: begins,
    })
    expect(stateOf(weekly, from, timeZone)).toEqual({ open: true, until: ends })
    expect(stateOf(weekly, until, timeZone)).toMatchObject({ open: false })
  })

  it('are left out when they lie in the hour that is not there, and do not come again with the one that is twice', () => {
    expect(stateOf(daily('02:10', '02:50'), '2026-03-29T00:30:00Z')).toEqual({
      open: false,
      until: '2026-03-30T00:10:00.000Z',
    })
    expect(stateOf(daily('02:15', '02:45'), '2026-10-25T01:20:00Z')).toMatchObject({ open: false })
  })
})

describe('a time zone', () => {
  it.each([
    ['Europe/Madrid', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['+02:00', false],
    ['', false],
  ])('%s is one: %s', (name, is) => {
    expect(isTimeZone(name)).toBe(is)
  })
})
