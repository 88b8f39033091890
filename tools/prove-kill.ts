// Kills the whole program under load, 20 times or as often as said, and proves that nothing acknowledged is lost.
import { temporaryDataDir } from '../e2e/hilo-process.ts'
import { proveKill } from '../e2e/kill-under-load.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const dir = await temporaryDataDir()
const cycles = Number(process.argv[2] ?? 20)
const { purchases, placed, cut, starts } = await proveKill({ dataDir: dir.path, cycles, log: say })
const sorted = starts.toSorted((a, b) => a - b)
say(
  `${cycles} kills: ${purchases} purchases of devices and ${placed} orders of customers, each there exactly once, each answered; stock agrees with the order lines.`,
)
say(
  `${cut} tries got no answer and were made again. Running again after ${Math.round(sorted[sorted.length >> 1]!)} ms (median), ${Math.round(sorted.at(-1)!)} ms (slowest).`,
)
await dir.remove()
