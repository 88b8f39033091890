import { newId } from '@hilo/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { edgeRig } from './testing/rig.ts'

let rig: ReturnType<typeof edgeRig>
beforeEach(() => {
  rig = edgeRig()
})
afterEach(() => rig.close())

it('on a full disk nothing is acknowledged; when there is space what devices sent again is done, once', async () => {
  const { broker, bridge, store } = await rig.start({ maxBytes: 400_000 })
  await bridge.ready
  const device = rig.device()
  const client = await rig.connect({ broker }, device, { clean: false, reconnectPeriod: 20 })
  const own = `hilo/v1/demo/${device.id}/command`
  await client.subscribeAsync(`${own}/+/reply/+`, { qos: 1 })

  store.migrate('junk', ['CREATE TABLE junk (bytes BLOB)'])
  const fill = async (bytes: number): Promise<void> => {
    for (;;) await store.write((sql) => sql.run('INSERT INTO junk VALUES (?)', Buffer.alloc(bytes)))
  }
  for (const bytes of [50_000, 3_000, 100]) await expect(fill(bytes)).rejects.toThrow('full')

  let acknowledged = 0
  let tries = 0
  client.on('packetsend', ({ cmd }) => {
    if (cmd === 'publish') tries += 1
  })
  const rids = Array.from({ length: 20 }, newId)
  const sent = rids.map((rid) =>
    client
      .publishAsync(
        `${own}/purchase/request/${rid}`,
        JSON.stringify({ v: 1, slot: 'beans', pad: 'x'.repeat(500) }),
        { qos: 1 },
      )
      .then(() => (acknowledged += 1)),
  )
  await expect.poll(() => tries).toBeGreaterThan(40)
  expect(acknowledged).toBeLessThan(rids.length)
  expect(store.trouble()).toContain('full')
  // Not one more than what is on disk.
  expect(store.sql.all('SELECT rid FROM inbox WHERE rid IS NOT NULL').length).toBeGreaterThanOrEqual(
    acknowledged,
  )

  await store.write((sql) => sql.run('DELETE FROM junk'))
  await Promise.all(sent)
  await expect.poll(() => rig.shop.orders).toHaveLength(rids.length)
  expect(store.trouble()).toBeUndefined()
})
