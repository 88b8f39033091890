import { startHilo, type HiloProcess } from './hilo-process.ts'
import { buyOnTheWeb, buyWithDevice, type Buyer, type Ledger } from './buyers.ts'
import { openShop, readBooks } from './load-shop.ts'

interface Proof {
  readonly dataDir: string
  /** How often the program is killed. */
  readonly cycles: number
  readonly log: (line: string) => void
}

/** What a proof has seen. */
export interface Proven {
  /** Purchases of devices that were acknowledged, and orders that were answered. */
  readonly purchases: number
  readonly placed: number
  /** Tries that got no answer, and were made again. */
  readonly cut: number
  /** Time from each start after a kill until it ran, in milliseconds. */
  readonly starts: readonly number[]
}

const DEVICES = 6
const CUSTOMERS = 3
/** How many more acknowledgements to wait for before the next kill. */
const PER_CYCLE = 60
const SETTLED_WITHIN_MS = 60_000

/**
 * Kills a whole Hilo with kill -9 while devices and customers buy, starts it again on the same folder, and throws when
 * anything acknowledged is lost, done twice or not answered, or when the stock does not agree with the orders.
 */
export const proveKill = async ({ dataDir, cycles, log }: Proof): Promise<Proven> => {
  let hilo = await startHilo(dataDir)
  const samePorts = ['--port', new URL(hilo.web).port, '--mqtt-port', new URL(hilo.mqtt).port]
  const shop = await openShop(hilo, { devices: DEVICES, customers: CUSTOMERS })
  const ledger: Ledger = { purchases: new Map(), placed: new Map(), cut: 0, isOver: false, changed: () => {} }
  const buyers: Buyer[] = [
    ...(await Promise.all(shop.devices.map((device) => buyWithDevice(hilo, device, ledger)))),
    ...shop.customers.map((customer) => buyOnTheWeb(hilo, customer, ledger)),
  ]
  // A buyer that is refused ends the proof at once.
  const failed = Promise.all(buyers.map(({ done }) => done))
  const starts: number[] = []
  try {
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      await Promise.race([grown(ledger, PER_CYCLE), failed])
      const before = acknowledged(ledger)
      hilo.child.kill('SIGKILL')
      await hilo.ended
      const startedAt = performance.now()
      hilo = await startHilo(dataDir, { args: samePorts })
      starts.push(performance.now() - startedAt)
      log(`kill ${cycle}: ${before} acknowledged so far, ran again after ${Math.round(starts.at(-1)!)} ms`)
    }
    await Promise.race([grown(ledger, PER_CYCLE), failed])
    ledger.isOver = true
    await settled(buyers)
    await compare(hilo, { ledger, staffToken: shop.staffToken })
  } finally {
    await Promise.all(buyers.map(({ close }) => close()))
    await hilo.stop()
  }
  return { purchases: ledger.purchases.size, placed: ledger.placed.size, cut: ledger.cut, starts }
}

const acknowledged = ({ purchases, placed }: Ledger): number =>
  [...purchases.values()].filter(({ acknowledged }) => acknowledged).length +
  [...placed.values()].filter(Boolean).length

/** Waits until so many more are acknowledged. */
export const grown = (ledger: Ledger, by: number): Promise<void> => {
  const enough = acknowledged(ledger) + by
  return new Promise((resolve) => {
    ledger.changed = () => {
      if (acknowledged(ledger) >= enough) resolve()
    }
  })
}

/** Waits until every buyer has the answer to its last request; one that never comes is a failure. */
export const settled = async (buyers: readonly Buyer[]): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error('A request that was acknowledged never got its answer.')),
      SETTLED_WITHIN_MS,
    )
  })
  await Promise.race([Promise.all(buyers.map(({ done }) => done)), late])
  clearTimeout(timer)
}

interface Expected {
  readonly ledger: Ledger
  readonly staffToken: string
}

/** Compares what buyers were told with what the shop holds. */
export const compare = async (hilo: HiloProcess, { ledger, staffToken }: Expected): Promise<void> => {
  const { orders, sold, reserved } = await readBooks({
    web: hilo.web,
    headers: { authorization: `Bearer ${staffToken}` },
  })
  const told = [...[...ledger.purchases.values()].map(({ order }) => order), ...ledger.placed.values()]
  const wrong = [
    told.includes(undefined) && 'a request has no answer',
    new Set(told).size !== told.length && 'two requests were answered with one order',
    told.some((id) => id && !orders.has(id)) && 'an acknowledged order is lost',
    orders.size !== told.length && `${told.length} requests made ${orders.size} orders`,
    ...[...sold].map(
      ([sku, quantity]) =>
        reserved.get(sku) !== quantity &&
        `${sku}: ${quantity} in order lines, ${reserved.get(sku)} reserved in stock`,
    ),
  ].filter(Boolean)
  if (wrong.length > 0) throw new Error(`After the kills: ${wrong.join('; ')}.`)
}
