import { describe, expect, it } from 'vitest'
import { mayPublish, mayReceive, maySubscribe } from './access.ts'

const grants = { shop: 'demo', deviceId: 'dev_1', channels: ['coffee'] }
const own = 'hilo/v1/demo/dev_1'

describe('a device', () => {
  it.each([
    [`${own}/status`, true],
    [`${own}/reading/level`, true],
    [`${own}/command/purchase/request/1`, true],
    [`${own}/command/dance/request/1`, true],
    [`${own}/notification/n1/ack`, true],
    [`${own}/command/purchase/reply/1`, false],
    [`${own}/notification/n1`, false],
    [`${own}/anything`, false],
    ['hilo/v1/demo/dev_2/status', false],
    ['hilo/v1/other/dev_1/status', false],
    ['hilo/v2/demo/dev_1/status', false],
    ['hilo/v1/demo/catalog/coffee/price/COF-1', false],
    ['$SYS/broker', false],
    ['homeassistant/status', false],
  ])('publishes to %s: %s', (topic, expected) => {
    expect(mayPublish(grants, topic)).toBe(expected)
  })

  it.each([
    [`${own}/#`, true],
    [`${own}/command/+/reply/+`, true],
    [`${own}/command/price/reply/1`, true],
    ['hilo/v1/demo/catalog/coffee/price/COF-1', true],
    ['hilo/v1/demo/catalog/coffee/stock/COF-1/madrid', true],
    ['hilo/v1/demo/catalog/web/price/COF-1', false],
    ['hilo/v1/demo/catalog/coffee/price/+', false],
    ['hilo/v1/demo/catalog/coffee/#', false],
    ['hilo/v1/demo/dev_2/#', false],
    ['hilo/v1/demo/dev_10/#', false],
    ['hilo/v1/demo/+/status', false],
    ['hilo/v1/+/dev_1/status', false],
    ['hilo/#', false],
    ['#', false],
    ['+/v1/demo/dev_1/status', false],
    ['$SYS/#', false],
    ['$share/hilo/hilo/v1/demo/dev_1/status', false],
    [own, false],
    [`${own}/a/b/c/d/e`, false],
    [`${own}/${'a'.repeat(250)}`, false],
  ])('subscribes to %s: %s', (filter, expected) => {
    expect(maySubscribe(grants, filter)).toBe(expected)
  })

  it('receives only its own messages and the catalogue it was granted', () => {
    expect(mayReceive(grants, `${own}/notification/n1`)).toBe(true)
    expect(mayReceive(grants, 'hilo/v1/demo/catalog/coffee/price/COF-1')).toBe(true)
    expect(mayReceive(grants, 'hilo/v1/demo/catalog/web/price/COF-1')).toBe(false)
    expect(mayReceive(grants, 'hilo/v1/demo/dev_2/notification/n1')).toBe(false)
  })
})
