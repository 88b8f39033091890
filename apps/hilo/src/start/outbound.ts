import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiDependencies } from '@hilo/api'
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

const ownKey = (dataDir: string): KeyObject => {
  const key = readSecretKey(keyOfFolder(dataDir))
  if (!key) throw new UserFacingError(`${join(dataDir, 'secret.key')} holds no key: put back what was in it.`)
  return key
}

/** A key for another use out of the shop's own (HKDF, RFC 5869): who has one cannot find the other. */
const derivedKey = (key: KeyObject, use: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, '', use, 32)))

/** What quoting prices takes; nothing in production without a key, which the server does not start without. */
export const quotingOf = ({
  priceTokenKeys: [first, ...others] = [],
  priceTokenMinutes,
  secretKey,
  isProduction,
  dataDir,
}: Config): ApiDependencies['quoting'] => {
  const lifetimeMs = priceTokenMinutes * 60_000
  if (first) return { keys: [first, ...others], lifetimeMs }
  const key = secretKey ?? (isProduction ? undefined : ownKey(dataDir))
  return key && { keys: [derivedKey(key, 'price-token')], lifetimeMs }
}

/** That links to bought files are signed with; nothing in production without a key, for links must hold in every process. */
export const downloadKeyOf = ({ secretKey, isProduction, dataDir }: Config): KeyObject | undefined => {
  const key = secretKey ?? (isProduction ? undefined : ownKey(dataDir))
  return key && derivedKey(key, 'download')
}

/** What addresses of assets are signed with; a server in production does not start without one of the two keys. */
export const assetKeyOf = ({ secretKey, priceTokenKeys, dataDir }: Config): KeyObject =>
  derivedKey(secretKey ?? priceTokenKeys?.[0] ?? ownKey(dataDir), 'assets')

/** What calling other systems takes; nothing in production without a key, for a key made up here would be lost. */
export const outboundOf = ({
  secretKey,
  webhooksAllowPrivate: policy,
  isProduction,
  dataDir,
}: Config): Outbound | undefined => {
  if (secretKey) return { secretKey, policy }
  if (isProduction) return undefined
  return { secretKey: ownKey(dataDir), policy }
}
