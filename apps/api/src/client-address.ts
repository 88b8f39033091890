import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Says of an address whether it belongs to a proxy of ours. */
export type IsTrusted = (address: string) => boolean

/** An IPv4 address that came over an IPv6 socket, as IPv4. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address

const family = (address: string): 'ipv4' | 'ipv6' | undefined =>
  isIP(address) === 4 ? 'ipv4' : isIP(address) === 6 ? 'ipv6' : undefined

/** Reads networks such as `10.0.0.0/8`, `::1` or `fd00::/8`; throws `TypeError` for one that is none. */
export const trustedNetworks = (networks: readonly string[]): IsTrusted => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix, ...rest] = network.split('/')
    const kind = family(address)
    const bits = prefix === undefined ? (kind === 'ipv4' ? 32 : 128) : Number(prefix || Number.NaN)
    const isSound =
      kind && rest.length === 0 && Number.isInteger(bits) && bits >= 0 && bits <= (kind === 'ipv4' ? 32 : 128)
    if (!isSound) throw new TypeError(`${JSON.stringify(network)} is not a network such as 10.0.0.0/8 or ::1`)
    list.addSubnet(address, bits, kind)
  }
  return (address) => {
    const kind = family(plain(address))
    return kind !== undefined && list.check(plain(address), kind)
  }
}

/** More proxies of ours than anybody has; the hops before them are not looked at. */
const MAX_HOPS = 20

/**
 * Where a request comes from: the other end of the connection, or, when that is a proxy of ours, what it says in
 * `X-Forwarded-For`, read from its end and no further than the first address that we do not trust.
 */
export const clientAddress = (
  peer: string | undefined,
  forwardedFor: string | null | undefined,
  isTrusted: IsTrusted,
): string | undefined => {
  let address = peer === undefined ? undefined : plain(peer)
  const hops = (forwardedFor ?? '').split(',').slice(-MAX_HOPS)
  for (const hop of hops.reverse()) {
    if (address === undefined || !isTrusted(address)) return address
    const claimed = plain(hop.trim())
    if (isIP(claimed) === 0) return address
    address = claimed
  }
  return address
}

/** The address of a request as Node's HTTP server gives it. */
export const addressOf = (request: IncomingMessage, isTrusted: IsTrusted): string | undefined =>
  clientAddress(request.socket.remoteAddress, request.headers['x-forwarded-for']?.toString(), isTrusted)
