import { newId } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { isTold } from './enqueue.ts'
import { TEST_REQUESTED } from './event-types.ts'

const [id, here, elsewhere] = [newId(), newId(), newId()] as const

const told = (
  endpoint: { eventTypes?: string[]; channelIds?: string[] | null },
  event: { type?: string; scope?: object; payload?: object; aggregateId?: string },
) =>
  isTold(
    { id, eventTypes: ['*'], channelIds: null, ...endpoint },
    { type: 'OrderPlaced.v1', aggregateId: newId(), payload: {}, scope: {}, ...event },
  )

describe('an endpoint is told', () => {
  it('of the kinds it listens to', () => {
    expect(told({ eventTypes: ['order.*'] }, {})).toBe(true)
    expect(told({ eventTypes: ['product.*'] }, {})).toBe(false)
    expect(told({}, { type: 'StaffCreated.v1' })).toBe(false)
  })

  it('of its own channels, be they in the scope or in what is told', () => {
    const endpoint = { channelIds: [here] }
    expect(told(endpoint, { scope: { channel: here } })).toBe(true)
    expect(told(endpoint, { scope: { channel: elsewhere } })).toBe(false)
    const shelf = (channelId: string) => ({ type: 'ShelfPriceChanged.v1', payload: { channelId } })
    expect(told(endpoint, shelf(here))).toBe(true)
    expect(told(endpoint, shelf(elsewhere))).toBe(false)
  })

  it('of what belongs to no channel, unless reading it takes a permission for all of them', () => {
    const endpoint = { channelIds: [here] }
    expect(told(endpoint, { type: 'ProductUpdated.v1' })).toBe(true)
    expect(told(endpoint, { type: 'StockChanged.v1' })).toBe(true)
    expect(told(endpoint, { type: 'CustomerCreated.v1' })).toBe(false)
  })

  it('of a test of its own, and of no other', () => {
    expect(told({ eventTypes: ['product.*'] }, { type: TEST_REQUESTED, aggregateId: id })).toBe(true)
    expect(told({}, { type: TEST_REQUESTED })).toBe(false)
  })
})
