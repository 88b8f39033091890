import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from '@hilo/api'

/** The files of digital goods, by key, in the folder `files` of the data folder. Keys are checked when they are entered. */
export const filesIn = (dataDir: string): FileStore => ({
  read: async (key) => {
    try {
      const handle = await open(join(dataDir, 'files', key))
      const { size } = await handle.stat()
      return { bytes: size, stream: handle.createReadStream() }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  },
})
