import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outbound } from '@hilo/webhooks'
import { readSecretKey } from '@hilo/webhooks/seal'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'

/** The key of this data folder, made the first time; `wx` lets one of two processes make it. */
const keyOfFolder = (dataDir: string): string => {
  const path = join(dataDir, 'secret.key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8')
}

/** What calling other systems takes; nothing in production without a key, for a key made up here would be lost. */
export const outboundOf = ({
  secretKey,
  webhooksAllowPrivate: policy,
  isProduction,
  dataDir,
}: Config): Outbound | undefined => {
  if (secretKey) return { secretKey, policy }
  if (isProduction) return undefined
  const key = readSecretKey(keyOfFolder(dataDir))
  if (!key) throw new UserFacingError(`${join(dataDir, 'secret.key')} holds no key: put back what was in it.`)
  return { secretKey: key, policy }
}
