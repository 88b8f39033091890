import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryDataDir, type DataDir } from './hilo-process.ts'
import { runHilo } from './run-hilo.ts'

/** Names the folder of a run of Playwright in which the seeded shop lies. */
const PLACE = 'HILO_SEEDED_SHOP'

/** Playwright's global set-up: a place for the demo shop that stories begin with. Whoever asks first has it seeded. */
const prepare = async (): Promise<DataDir['remove']> => {
  const { path, remove } = await temporaryDataDir()
  process.env[PLACE] = path
  return remove
}
export default prepare

/** A data folder with the demo shop in it: a copy, as seeding takes seconds. Its owner must stay that of the database. */
export const seededDataDir = async (): Promise<DataDir> => {
  const shop = join(process.env[PLACE]!, 'shop')
  if (!existsSync(shop)) {
    const unfinished = `${shop}-${process.pid}`
    const seeding = runHilo(['seed', '--data-dir', unfinished])
    if ((await seeding.ended) !== 0) throw new Error(`The demo shop was not seeded:\n${seeding.output()}`)
    await rename(unfinished, shop)
  }
  const dir = await temporaryDataDir()
  await promisify(execFile)('cp', ['-a', `${shop}/.`, dir.path])
  return dir
}
