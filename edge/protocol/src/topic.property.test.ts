import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTopic, canBuildTopic, isTopicPart, parseTopic, TOPICS, type TopicAddress } from './index.ts'

const part = fc.string({ unit: 'binary', minLength: 1, maxLength: 24 }).filter(isTopicPart)

const anyAddress = fc
  .constantFrom(...(Object.keys(TOPICS) as (keyof typeof TOPICS)[]))
  .chain((kind) => {
    const names = [...TOPICS[kind].matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
    const parts = Object.fromEntries(['shop', ...names].map((name) => [name, part]))
    return fc.record({ kind: fc.constant(kind), ...parts }) as fc.Arbitrary<TopicAddress>
  })
  // A device called like a fixed level would be that level; device ids have a prefix.
  .filter((address) => !('device' in address) || address.device !== 'catalog')
  .filter(canBuildTopic)

describe('a topic', () => {
  it('is read back as the address it was built from', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(parseTopic(buildTopic(address))).toEqual(address)
      }),
    )
  })

  it('never says more than was asked: what parses is built again to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (tail) => {
        const topic = `hilo/v1/demo/${tail}`
        const address = parseTopic(topic)
        if (address) expect(buildTopic(address)).toBe(topic)
      }),
    )
  })

  it.each(['a+b', '#', 'a/b', 'a\0b', '', 'a\nb', '\u009f', '\ud800'])('refuses the part %j', (rid) => {
    expect(() => buildTopic({ kind: 'request', shop: 'demo', device: 'dev_1', verb: 'price', rid })).toThrow(
      RangeError,
    )
  })

  it.each([
    '',
    'hilo',
    'hilo/v2/demo/dev_1/status',
    'hilo/v1/demo/dev_1/status/',
    'hilo/v1//dev_1/status',
    'hilo/v1/demo/dev_1/+',
    'hilo/v1/demo/dev_1/command/price/request',
    'hilo/v1/demo/dev_1/command/price/request/1/2',
    `hilo/v1/demo/dev_1/reading/${'x'.repeat(240)}`,
    `hilo/v1/demo/dev_1/reading/${'é'.repeat(120)}`,
    '$SYS/broker/uptime',
  ])('is not %j', (topic) => {
    expect(parseTopic(topic)).toBeUndefined()
  })
})
