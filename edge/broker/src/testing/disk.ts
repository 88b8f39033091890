import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for stores that goes away with the test. */
export const testDisk = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hilo-edge-'))
  let images = 0
  return {
    path: (file: string) => join(folder, file),
    /** Copies a store as it is on disk this moment, as a power cut would leave it; gives the name of the copy. */
    crashImage: (file: string): string => {
      images += 1
      const copy = `crash-${images}.sqlite`
      for (const part of ['', '-wal'])
        if (existsSync(join(folder, file + part)))
          cpSync(join(folder, file + part), join(folder, copy + part))
      return copy
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
