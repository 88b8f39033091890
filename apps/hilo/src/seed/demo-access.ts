import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How to sign in to the demo shop; made once at random when it is seeded, and kept beside its data. */
export interface DemoAccess {
  readonly staff: { readonly email: string; readonly password: string }
  readonly customer: { readonly email: string; readonly password: string }
  /** The customer's coffee machine. */
  readonly device: {
    readonly shop: string
    readonly id: string
    readonly credential: string
    readonly slot: string
  }
  /** The customer's watch. */
  readonly watch: { readonly id: string; readonly credential: string }
}

const fileIn = (dataDir: string): string => join(dataDir, 'demo.json')

/** Keeps the sign-ins where only this user can read them. */
export const saveDemoAccess = async (dataDir: string, access: DemoAccess): Promise<void> => {
  await mkdir(dataDir, { recursive: true })
  await writeFile(fileIn(dataDir), `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 })
}

/** The sign-ins of a demo shop seeded from here, or nothing. */
export const readDemoAccess = async (dataDir: string): Promise<DemoAccess | undefined> => {
  try {
    return JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as DemoAccess
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
