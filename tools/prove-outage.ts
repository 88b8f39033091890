// Stops Postgres beneath a running Hilo under load, 10 times or as often as said, and proves that nothing is lost.
import { temporaryDataDir } from '../e2e/hilo-process.ts'
import { proveOutage } from '../e2e/outage-under-load.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const dir = await temporaryDataDir()
const cycles = Number(process.argv[2] ?? 10)
const { purchases, placed, again, reads, heard, memory, connections } = await proveOutage({
  dir: dir.path,
  cycles,
  log: say,
})
say(
  `${cycles} outages: ${purchases} purchases of devices and ${placed} orders of customers, each there exactly once; a live query heard of all ${heard}.`,
)
say(
  `${again} tries were made again; ${reads.answered} reads were answered, ${reads.refused} refused as retryable. Memory ${memory[0]} MB before, ${memory[1]} MB after; ${connections} connections.`,
)
await dir.remove()
