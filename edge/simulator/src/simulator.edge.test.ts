import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { promisify } from 'node:util'
import { edgeRig } from '@hilo/bridge/testing'
import { silent } from '@hilo/broker/testing'
import { newId } from '@hilo/kernel'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { coffeeMachine, watch } from './index.ts'

let rig: ReturnType<typeof edgeRig>
beforeEach(() => {
  rig = edgeRig()
})
afterEach(() => rig.close())

const standing = async () => {
  const edge = await rig.start()
  await edge.bridge.ready
  const { id: deviceId, password: credential } = rig.device()
  const url = `mqtt://127.0.0.1:${edge.broker.port}`
  return {
    url,
    shop: 'demo',
    deviceId,
    credential,
    log: silent,
    channel: 'coffee',
    sku: 'COF-1',
    slot: 'beans',
  }
}

it('a coffee machine shows the price as it changes, asks for it, and buys once for each press', async () => {
  const machine = await coffeeMachine(await standing())
  expect((await machine.nextPrice())?.price.decimal).toBe('12.50')
  rig.shop.setPrice('COF-1', 1000)
  expect((await machine.nextPrice())?.price.decimal).toBe('10.00')
  expect(machine.shown()?.price.amountMinor).toBe(1000)
  expect(await machine.askPrice(3)).toMatchObject({ ok: true, price: { total: { decimal: '30.00' } } })

  const press = newId()
  const bought = await machine.buy(press)
  expect(bought).toMatchObject({ ok: true, status: 'PLACED', order: { number: 'H-1' } })
  expect(await machine.buy(press)).toEqual({ ...bought, replayed: true })
  expect(rig.shop.orders).toHaveLength(1)

  await machine.report(12)
  await machine.close()
  await expect
    .poll(() => rig.shop.reports)
    .toMatchObject([
      { kind: 'state', state: 'ONLINE' },
      { kind: 'reading', value: 12 },
      { kind: 'state', state: 'SLEEP' },
    ])
})

it('a coffee machine shows what a price was before only with the lowest of 30 days', async () => {
  const displays: object[] = []
  const log = { ...silent, info: (fields: object) => displays.push(fields) }
  const machine = await coffeeMachine({ ...(await standing()), log })
  await machine.nextPrice()
  rig.shop.setPrice('COF-1', 1000, { list: 1250, lowest: 1190 })
  await machine.nextPrice()
  await machine.close()
  const prices = displays.filter((fields) => 'price' in fields)
  expect(prices[0]).not.toHaveProperty('list')
  expect(prices[1]).toMatchObject({ price: '10.00', list: '12.50', lowestPrice30d: '11.90' })
})

it('a watch shows what its owner should know, and answers', async () => {
  const options = await standing()
  const wrist = await watch(options)
  rig.shop.notify(options.deviceId, 'notif_1')
  const { nid, title, actions } = await wrist.next()
  expect(title).toBe('Order placed')
  await wrist.answer(nid, actions[0]?.id)
  await expect
    .poll(() => rig.shop.reports)
    .toContainEqual(expect.objectContaining({ kind: 'acknowledgement', id: 'notif_1', action: 'cancel' }))
  await wrist.close()
})

it('a purchase from the command line prints the reply', async () => {
  const { url, deviceId, credential } = await standing()
  const main = new URL('./main.ts', import.meta.url).pathname
  const args = ['purchase', '--url', url, '--device', deviceId, '--credential', credential, '--slot', 'beans']
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args])
  expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ ok: true, status: 'PLACED' })
  expect(stdout).not.toContain(credential)
})

it('a device with a key signs what it asks', async () => {
  const options = await standing()
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const machine = await coffeeMachine({ ...options, key: privateKey })
  expect(await machine.buy()).toMatchObject({ ok: false, error: { code: 'SIGNATURE_INVALID' } })
  rig.shop.keys.set(options.deviceId, publicKey)
  expect(await machine.buy()).toMatchObject({ ok: true, status: 'PLACED' })
  await machine.close()
})
