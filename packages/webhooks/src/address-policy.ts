import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Which addresses a shop may call that are not public: networks such as `10.1.0.0/16`, or all of them. */
export interface AddressPolicy {
  /** True when this address may be called. */
  readonly allows: (address: string) => boolean
  /** True when it may be called only because it was allowed by name: then plain http will do. */
  readonly allowsPrivate: (address: string) => boolean
}

/** IPv4 that is not of the public internet (IANA special-purpose registry), the metadata services of clouds among it. */
const PRIVATE_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** IPv6 is public only within 2000::/3, without these: protocol assignments and tunnels, which can lead anywhere. */
const GLOBAL_V6 = ['2000::/3']
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

const MAPPED_HEX = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i

/** An IPv4 address inside an IPv6 one counts as what it is. */
const plain = (address: string): string => {
  const bare = address.split('%')[0]!
  const dotted = MAPPED.exec(bare)?.[1]
  if (dotted) return dotted
  const hex = MAPPED_HEX.exec(bare)
  if (!hex) return bare
  const [high, low] = [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string | undefined]
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}

const has = (list: BlockList, address: string): boolean =>
  list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

const privateV4 = listOf(PRIVATE_V4)
const globalV6 = listOf(GLOBAL_V6)
const privateV6 = listOf(PRIVATE_V6)

/** True for an address of the public internet. */
const isPublic = (address: string): boolean => {
  if (isIPv4(address)) return !has(privateV4, address)
  return isIPv6(address) && has(globalV6, address) && !has(privateV6, address)
}

const EVERYTHING = ['0.0.0.0/0', '::/0']

/** Reads the setting: `true` for every private address, else networks by comma; throws for a network that is none. */
export const readAddressPolicy = (setting: string): AddressPolicy => {
  const given = setting
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'false')
  const allowed = listOf(given.includes('true') ? EVERYTHING : given)
  const allowsPrivate = (address: string): boolean => {
    const real = plain(address)
    return (isIPv4(real) || isIPv6(real)) && !isPublic(real) && has(allowed, real)
  }
  return { allowsPrivate, allows: (address) => isPublic(plain(address)) || allowsPrivate(address) }
}
