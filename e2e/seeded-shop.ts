import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startHilo, temporaryDataDir, type DataDir } from './hilo-process.ts'

/** Names the folder of a run of Playwright in which the seeded shop lies. */
const SHOP = 'HILO_SEEDED_SHOP'

/** Playwright's global set-up: a first start, which builds the admin and seeds the demo shop that stories begin with. */
const prepare = async (): Promise<DataDir['remove']> => {
  const { path, remove } = await temporaryDataDir()
  const hilo = await startHilo(path)
  await hilo.stop()
  process.env[SHOP] = path
  return remove
}
export default prepare

/** A data folder with the demo shop in it: a copy, as seeding takes seconds. Its owner must stay that of the database. */
export const seededDataDir = async (): Promise<DataDir> => {
  const dir = await temporaryDataDir()
  await promisify(execFile)('cp', ['-a', `${process.env[SHOP]!}/.`, dir.path])
  return dir
}
