import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { ok, type Result } from '@hilo/kernel'
import type { AddressPolicy } from './address-policy.ts'
import { WEBHOOKS } from './errors.ts'

/** Every address of a host; rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** How the shop reaches other systems. */
export interface Reachability {
  readonly policy: AddressPolicy
  /** The system's resolver when not said. */
  readonly resolve?: Resolve
}

/** The resolver of the system, as every program uses it. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address)

const MAX_URL = 2_000
const LOWEST_FREE_PORT = 1_024

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** The URL when it has the form of one that may be called; where it leads is not looked at yet. */
export const readUrl = (text: string): URL | undefined => {
  const url = text.length <= MAX_URL ? URL.parse(text) : null
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined
  if (url.username || url.password || url.hash) return undefined
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const usual = url.protocol === 'https:' ? 443 : 80
  return port === usual || port >= LOWEST_FREE_PORT ? url : undefined
}

/**
 * Where a URL leads: all addresses of its host, each of which may be called. Refuses `WEBHOOK_URL_INVALID`,
 * `WEBHOOK_HOST_UNKNOWN`, `WEBHOOK_URL_PRIVATE`. Connect to what it gives and never ask the name again: a second answer
 * could be another.
 */
export const findTarget = async (
  text: string,
  { policy, resolve = systemResolve }: Reachability,
): Promise<Result<{ readonly url: URL; readonly addresses: readonly string[] }>> => {
  const path = ['url']
  const url = readUrl(text)
  if (!url) return WEBHOOKS.refuse('WEBHOOK_URL_INVALID', {}, path)
  const host = hostOf(url)
  const shown = { host: host.slice(0, 255) }
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => [])
  if (addresses.length === 0) return WEBHOOKS.refuse('WEBHOOK_HOST_UNKNOWN', shown, path)
  if (!addresses.every(policy.allows)) return WEBHOOKS.refuse('WEBHOOK_URL_PRIVATE', shown, path)
  // Without TLS only inside a network that was allowed by name.
  if (url.protocol === 'http:' && !addresses.every(policy.allowsPrivate))
    return WEBHOOKS.refuse('WEBHOOK_URL_INVALID', {}, path)
  return ok({ url, addresses })
}
