// Kills Hilo's database under write load, 20 times or as often as said, and proves that nothing acknowledged is lost.
import { rm } from 'node:fs/promises'
import { proveDurability } from '../packages/db/src/testing/prove-durability.ts'
import { temporaryFolder } from '../packages/db/src/testing/throwaway-postgres.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const dataDir = await temporaryFolder()
const { acknowledged, starts } = await proveDurability({
  dataDir,
  cycles: Number(process.argv[2] ?? 20),
  log: say,
})
const slowest = Math.max(...starts)
say(
  `Nothing of ${acknowledged} acknowledged writes was lost. The slowest start after a kill took ${Math.round(slowest)} ms.`,
)
await rm(dataDir, { recursive: true, force: true })
