import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from '@hilo/api'
import type { Config } from '../config.ts'

/** Where the files of digital goods are that somebody put there by hand. */
export const digitalFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'files')

/** The files of digital goods, by key. Keys are checked when they are entered. */
export const filesIn = (config: Pick<Config, 'dataDir'>): FileStore => ({
  read: async (key) => {
    try {
      const handle = await open(join(digitalFolder(config), key))
      const { size } = await handle.stat()
      return { bytes: size, stream: handle.createReadStream() }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  },
})
