#!/usr/bin/env node
// A pretend device on the command line: node edge/simulator/src/main.ts --help
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Logger } from '@hilo/protocol'
import { coffeeMachine } from './coffee-machine.ts'
import { connectDevice } from './device.ts'
import { watch } from './watch.ts'

const HELP = `A pretend device.

  price | purchase   ask once, print the reply and leave   --slot beans, or --sku COF-1, --rid UUID
  coffee-machine     hold a price; type price, buy or quit  --channel, --sku, --slot
  watch              show notifications as they come

  --device dev_…  --credential …   the device and what it signs in with
  --url mqtt://localhost:1883      or ws://localhost:4000/mqtt
  --shop demo                      code of the shop
  --key device.pem                 sign what it asks with this Ed25519 key
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'mqtt://localhost:1883' },
    shop: { type: 'string', default: 'demo' },
    device: { type: 'string' },
    credential: { type: 'string' },
    channel: { type: 'string' },
    sku: { type: 'string' },
    slot: { type: 'string' },
    rid: { type: 'string' },
    key: { type: 'string' },
    help: { type: 'boolean' },
  },
})

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`)
const log: Logger = {
  debug: () => {},
  info: (fields, message) => say({ message, ...fields }),
  warn: (fields, message) => say({ message, ...fields }),
  error: (fields, message) => say({ message, ...fields }),
}

const need = (name: 'device' | 'credential' | 'channel' | 'sku' | 'slot'): string => {
  const value = values[name]
  if (value) return value
  process.stderr.write(`--${name} is missing\n\n${HELP}`)
  process.exit(2)
}

const device = () => ({
  url: values.url,
  shop: values.shop,
  deviceId: need('device'),
  credential: need('credential'),
  key: values.key ? createPrivateKey(readFileSync(values.key)) : undefined,
  log,
})

const askOnce = async (verb: 'price' | 'purchase'): Promise<void> => {
  const target = values.sku ? { sku: values.sku } : { slot: need('slot') }
  const asking = await connectDevice(device())
  say(await asking.ask(verb, target, values.rid))
  await asking.close()
}

const runMachine = async (): Promise<void> => {
  const machine = await coffeeMachine({
    ...device(),
    channel: need('channel'),
    sku: need('sku'),
    slot: need('slot'),
  })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'price') say(await machine.askPrice())
    else if (line === 'buy') say(await machine.buy(values.rid))
    else if (line === 'quit') break
  }
  await machine.close()
}

const run = async (command: string | undefined): Promise<void> => {
  switch (command) {
    case 'price':
    case 'purchase':
      return askOnce(command)
    case 'coffee-machine':
      return runMachine()
    case 'watch':
      return void (await watch(device()))
    default:
      process.stdout.write(HELP)
  }
}

await run(values.help ? undefined : positionals[0]).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
