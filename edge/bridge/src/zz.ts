setTimeout(() => {
  console.log('alive')
  process.exit()
}, 7000)
import { attachedRig } from '/work/main/edge/bridge/src/testing/attached-rig.ts'
import { newId } from '@hilo/kernel'
const log = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((l) => [
    l,
    (f: any, m: string) => console.log(Date.now() % 100000, l, m, JSON.stringify(f), f.err?.message ?? ''),
  ]),
)
const rig = await attachedRig({})
const mode = process.argv[2]
const device = rig.known[0]!
const c = await rig.connect({ broker: rig.mosquitto }, device, { clean: false, reconnectPeriod: 20 })
await c.subscribeAsync(`hilo/v1/demo/${device.id}/command/+/reply/+`, { qos: 1 })
c.on('message', (t) => console.log(Date.now() % 100000, 'reply', t.slice(-6)))
const send = async () => {
  const rid = newId()
  await c.publishAsync(
    `hilo/v1/demo/${device.id}/command/purchase/request/${rid}`,
    '{"v":1,"slot":"beans"}',
    { qos: 1 },
  )
  console.log(Date.now() % 100000, 'sent', rid.slice(-6))
}
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms))
if (mode === 'takeover') {
  const one = await rig.attach('one', { graceMs: 50, log: log as any })
  const two = await rig.attach('two', { graceMs: 50, log: log as any })
  await send()
  await send()
  await wait(200)
  console.log('stopping')
  const st = Date.now()
  await two.attached.close()
  console.log('attached closed', Date.now() - st)
  const why = setInterval(() => console.log('waiting', process.getActiveResourcesInfo().join()), 900)
  await two.bridge.close()
  clearInterval(why)
  console.log('bridge closed', Date.now() - st)
  await two.store.close()
  console.log('stopped')
  for (let i = 0; i < 4; i++) await send()
  await wait(1500)
  console.log(one.attached.status(), rig.shop.orders.length)
} else {
  const a = await rig.attach('one', { log: log as any })
  await send()
  await wait(200)
  await rig.mosquitto.stop()
  await rig.mosquitto.start()
  await wait(Number(process.argv[3] ?? 0))
  await send()
  await wait(1000)
  await send()
  await wait(1000)
  console.log(a.attached.status(), rig.shop.orders.length)
}
process.exit()
