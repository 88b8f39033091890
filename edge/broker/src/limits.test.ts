import { describe, expect, it } from 'vitest'
import { connectionCounter, DEFAULT_LIMITS, failureLog, rateLimiter } from './limits.ts'

const clock = () => {
  let time = 0
  return { now: () => time, pass: (ms: number) => void (time += ms) }
}

describe('the rate of a device', () => {
  it('allows a burst, then the average, and says how long to wait', () => {
    const { now, pass } = clock()
    const waitFor = rateLimiter({ ...DEFAULT_LIMITS, packetsPerSecond: 10, burst: 3 }, now)
    expect([1, 2, 3].map(() => waitFor('dev_1', 1))).toEqual([0, 0, 0])
    expect(waitFor('dev_1', 1)).toBe(100)
    expect(waitFor('dev_2', 1)).toBe(0)
    pass(100)
    expect(waitFor('dev_1', 1)).toBe(0)
    expect(waitFor('dev_1', 1)).toBe(100)
    pass(10_000)
    expect([1, 2, 3].map(() => waitFor('dev_1', 1))).toEqual([0, 0, 0])
  })

  it('takes less for light packets', () => {
    const { now } = clock()
    const waitFor = rateLimiter({ ...DEFAULT_LIMITS, packetsPerSecond: 10, burst: 2 }, now)
    const passed = Array.from({ length: 30 }, () => waitFor('dev_1', 0.1)).filter((wait) => wait === 0)
    expect(passed.length).toBe(11)
  })
})

describe('failed sign-ins', () => {
  const limits = { ...DEFAULT_LIMITS, failuresPerDevice: 2, failuresPerAddress: 4, banMs: 1_000 }

  it('make a device wait, longer each time, and only from that address', () => {
    const { now, pass } = clock()
    const log = failureLog(limits, now)
    log.failed('10.0.0.1', 'dev_1')
    expect(log.isBanned('10.0.0.1', 'dev_1')).toBe(false)
    log.failed('10.0.0.1', 'dev_1')
    expect(log.isBanned('10.0.0.1', 'dev_1')).toBe(true)
    expect(log.isBanned('10.0.0.2', 'dev_1')).toBe(false)
    pass(1_001)
    expect(log.isBanned('10.0.0.1', 'dev_1')).toBe(false)
    log.failed('10.0.0.1', 'dev_1')
    pass(1_001)
    expect(log.isBanned('10.0.0.1', 'dev_1')).toBe(true)
  })

  it('are forgotten after a good one', () => {
    const { now } = clock()
    const log = failureLog(limits, now)
    log.failed('10.0.0.1', 'dev_1')
    log.succeeded('10.0.0.1', 'dev_1')
    log.failed('10.0.0.1', 'dev_1')
    expect(log.isBanned('10.0.0.1', 'dev_1')).toBe(false)
  })

  it('for many devices make the whole address wait', () => {
    const { now } = clock()
    const log = failureLog(limits, now)
    for (const device of ['a', 'b', 'c']) log.failed('10.0.0.1', device)
    expect(log.isAddressBanned('10.0.0.1')).toBe(false)
    log.failed('10.0.0.1', 'd')
    expect(log.isAddressBanned('10.0.0.1')).toBe(true)
  })
})

it('connections are counted in all, whatever their address', () => {
  const admit = connectionCounter({ ...DEFAULT_LIMITS, connections: 2 })
  const first = admit('10.0.0.1')
  expect(admit('10.0.0.2')).toBeDefined()
  expect(admit('10.0.0.3')).toBeUndefined()
  first?.()
  expect(admit('10.0.0.3')).toBeDefined()
})

it('connections of one address are counted and given back', () => {
  const admit = connectionCounter({ ...DEFAULT_LIMITS, connectionsPerAddress: 2 })
  const first = admit('10.0.0.1')
  expect(admit('10.0.0.1')).toBeDefined()
  expect(admit('10.0.0.1')).toBeUndefined()
  expect(admit('10.0.0.2')).toBeDefined()
  first?.()
  expect(admit('10.0.0.1')).toBeDefined()
})
