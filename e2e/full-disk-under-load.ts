import { setTimeout as delay } from 'node:timers/promises'
import { buyOnTheWeb, buyWithDevice, type Buyer, type Ledger } from './buyers.ts'
import { type HiloProcess, startHilo } from './hilo-process.ts'
import { compare, grown, settled } from './kill-under-load.ts'
import { openShop } from './load-shop.ts'
import { emptyDisk, fillDisk } from './small-disk.ts'

interface Proof {
  readonly dataDir: string
  /** The folder of the database, a disk of its own. */
  readonly disk: string
  readonly cycles: number
  readonly log: (line: string) => void
}

/** What a proof has seen. */
export interface FullDisks {
  readonly purchases: number
  readonly placed: number
  /** Tries of buyers that were told to come again, or got no answer. */
  readonly again: number
  /** Reads while all this went on; `cut` got no answer, as Hilo had ended. */
  readonly reads: { readonly answered: number; readonly refused: number; readonly cut: number }
  /** How often Hilo ended because its database could not go on. */
  readonly ends: number
}

/** Everything but the pages of the admin, which have nothing to do with it. */
const ROLES = ['--role', 'api,worker,edge']
const DEVICES = 2
const CUSTOMERS = 3
const PER_CYCLE = 20
const READ_EVERY_MS = 100
/** How long the disk stays full. */
const FULL_MS = 3_000
/** What the load has to fill by itself: less, and more, than one file of the write-ahead log. */
const LEFT = [1_000_000, 20_000_000, 0] as const

const readAllTheTime = (web: string, ledger: Pick<Ledger, 'isOver'>) => {
  const reads = { answered: 0, refused: 0, cut: 0 }
  const once = async (): Promise<void> => {
    const response = await fetch(`${web}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: '{ products(first: 3) { nodes { name } } }' }),
    }).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (!response || text === undefined) return void (reads.cut += 1)
    const { errors } = JSON.parse(text) as { errors?: { extensions: object }[] }
    if (!errors) return void (reads.answered += 1)
    const said = JSON.stringify([response.status, errors[0]!.extensions])
    if (said !== '[503,{"code":"SERVICE_UNAVAILABLE","retryable":true}]')
      throw new Error(`A read was answered with ${said}`)
    reads.refused += 1
  }
  const reading = async (): Promise<void> => {
    while (!ledger.isOver) {
      await once()
      await delay(READ_EVERY_MS)
    }
  }
  const done = reading()
  done.catch(() => undefined)
  return { reads, done }
}

/** How it ended, or nothing while it runs. */
const endOf = (hilo: HiloProcess) => Promise.race([hilo.ended, Promise.resolve(undefined)])

const NO_SPACE = /no space is left/i

/** Throws unless a Hilo that ended said why, and says so again to who starts it too early. */
const checkEnd = async (hilo: HiloProcess, code: number | NodeJS.Signals, args: string[]): Promise<void> => {
  if (code !== 1 || !NO_SPACE.test(hilo.output()))
    throw new Error(`Hilo ended with ${code}:\n${hilo.output().slice(-2_000)}`)
  const early = await startHilo(hilo.dataDir, { args }).catch((error: Error) => error)
  if (!(early instanceof Error)) await early.stop()
  else if (!NO_SPACE.test(early.message)) throw early
}

/**
 * Fills the disk of the database again and again while customers and devices buy, and throws when anything acknowledged
 * is lost or done twice, when anything but a retryable refusal is answered, or when Hilo does not go on once there is
 * space: by itself, or started again where its database had to end and it said so.
 */
export const proveFullDisk = async ({ dataDir, disk, cycles, log }: Proof): Promise<FullDisks> => {
  let hilo = await startHilo(dataDir, { args: ROLES })
  const samePorts = [...ROLES, '--port', new URL(hilo.web).port, '--mqtt-port', new URL(hilo.mqtt).port]
  const { staffToken, devices, customers } = await openShop(hilo, { devices: DEVICES, customers: CUSTOMERS })
  const ledger: Ledger = { purchases: new Map(), placed: new Map(), cut: 0, isOver: false, changed: () => {} }
  const buyers: Buyer[] = [
    ...(await Promise.all(devices.map((device) => buyWithDevice(hilo, device, ledger)))),
    ...customers.map((customer) => buyOnTheWeb(hilo, customer, ledger)),
  ]
  const reader = readAllTheTime(hilo.web, ledger)
  const failed = Promise.all([...buyers.map(({ done }) => done), reader.done])
  failed.catch(() => undefined)
  let ends = 0
  try {
    await Promise.race([grown(ledger, PER_CYCLE), failed])
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const before = { ...reader.reads, again: ledger.cut }
      const left = LEFT[(cycle - 1) % LEFT.length]!
      await fillDisk(disk, left)
      // Refused, or ended: either way somebody has to try again.
      while (ledger.cut === before.again) await Promise.race([delay(READ_EVERY_MS), failed])
      await fillDisk(disk, 0)
      await Promise.race([delay(FULL_MS), failed])
      const code = await endOf(hilo)
      if (code !== undefined) await checkEnd(hilo, code, samePorts)
      await emptyDisk(disk)
      if (code !== undefined) {
        ends += 1
        hilo = await startHilo(dataDir, { args: samePorts })
      }
      const { answered, refused, cut } = reader.reads
      await Promise.race([grown(ledger, PER_CYCLE), failed])
      log(
        `full ${cycle} (${left / 1_000_000} MB left to the load): ${ledger.cut - before.again} tries made again, reads ${answered - before.answered} answered, ${refused - before.refused} refused, ${cut - before.cut} cut; ${code === undefined ? 'went on by itself' : 'ended, said so, and runs again'}`,
      )
    }
    ledger.isOver = true
    await settled(buyers)
    await reader.done
    await compare(hilo, { ledger, staffToken })
    return {
      purchases: ledger.purchases.size,
      placed: ledger.placed.size,
      again: ledger.cut,
      reads: reader.reads,
      ends,
    }
  } finally {
    ledger.isOver = true
    await Promise.all(buyers.map(({ close }) => close()))
    await hilo.stop()
  }
}
