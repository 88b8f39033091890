import { mkdirSync } from 'node:fs'
import { EmbeddedPostgresError, lockFolder } from '@hilo/db'
import { UserFacingError } from '../user-facing-error.ts'

/**
 * Takes the data folder for this process, so that no two programs write the same files; says who has it when it is
 * taken. Gives how to let go of it; a process that ends in whatever way lets go too.
 */
export const takeDataFolder = (dataDir: string): (() => void) => {
  try {
    mkdirSync(dataDir, { recursive: true })
    return lockFolder(dataDir)
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) {
      throw new UserFacingError(`${error.message} (--data-dir, HILO_DATA_DIR).`)
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserFacingError(
      `The data folder ${dataDir} cannot be used: ${reason}. Choose another with --data-dir.`,
    )
  }
}
