/** How much one address or device may ask of the broker. */
export interface Limits {
  /** Open connections in all. */
  readonly connections: number
  /** Open connections from one address. */
  readonly connectionsPerAddress: number
  /** Packets a device may send in a second, on average. */
  readonly packetsPerSecond: number
  /** Packets a device may send at once. */
  readonly burst: number
  /** Topic filters a device may subscribe to. */
  readonly subscriptions: number
  /** Failed sign-ins for one device from one address before it has to wait. */
  readonly failuresPerDevice: number
  /** Failed sign-ins from one address before all of it has to wait. */
  readonly failuresPerAddress: number
  /** The first wait, in milliseconds; it doubles with each further failure, up to an hour. */
  readonly banMs: number
}

export const DEFAULT_LIMITS: Limits = {
  connections: 20_000,
  connectionsPerAddress: 200,
  packetsPerSecond: 20,
  burst: 100,
  subscriptions: 200,
  failuresPerDevice: 5,
  failuresPerAddress: 50,
  banMs: 10_000,
}

const LONGEST_BAN_MS = 3_600_000
const REMEMBERED = 10_000

/** Drops the oldest entries of a map that an attacker could fill. */
const bound = <Key, Value>(map: Map<Key, Value>): void => {
  for (const key of map.keys()) {
    if (map.size <= REMEMBERED) return
    map.delete(key)
  }
}

/** The rate of each device, kept over its reconnections: a virtual queue that empties at the allowed rate. */
export const rateLimiter = ({ packetsPerSecond, burst }: Limits, now: () => number) => {
  const fullAt = new Map<string, number>()
  const perPacket = 1_000 / packetsPerSecond
  return (deviceId: string, weight: number): number => {
    const current = now()
    const level = Math.max(fullAt.get(deviceId) ?? 0, current)
    const wait = level - current - (burst - 1) * perPacket
    if (wait > 0) return Math.ceil(wait)
    fullAt.delete(deviceId)
    fullAt.set(deviceId, level + weight * perPacket)
    bound(fullAt)
    return 0
  }
}

interface Failures {
  readonly count: number
  readonly until: number
}

/** Remembers failed sign-ins, and who has to wait because of them. */
export const failureLog = (limits: Limits, now: () => number) => {
  const failures = new Map<string, Failures>()
  const add = (key: string, allowed: number) => {
    const count = (failures.get(key)?.count ?? 0) + 1
    const banMs = count < allowed ? 0 : Math.min(LONGEST_BAN_MS, limits.banMs * 2 ** (count - allowed))
    failures.delete(key)
    failures.set(key, { count, until: now() + banMs })
    bound(failures)
  }
  const isBanned = (key: string): boolean => {
    const entry = failures.get(key)
    if (entry && entry.until + LONGEST_BAN_MS < now()) failures.delete(key)
    return entry !== undefined && entry.until > now()
  }
  return {
    failed: (address: string, deviceId: string) => {
      add(`${address} ${deviceId}`, limits.failuresPerDevice)
      add(address, limits.failuresPerAddress)
    },
    succeeded: (address: string, deviceId: string) => void failures.delete(`${address} ${deviceId}`),
    isBanned: (address: string, deviceId: string) => isBanned(address) || isBanned(`${address} ${deviceId}`),
    isAddressBanned: (address: string) => isBanned(address),
  }
}

/** Counts connections by address. `admit` gives the function that takes the connection off, or nothing when full. */
export const connectionCounter = ({ connections, connectionsPerAddress }: Limits) => {
  const open = new Map<string, number>()
  let all = 0
  return (address: string): (() => void) | undefined => {
    const count = open.get(address) ?? 0
    if (all >= connections || count >= connectionsPerAddress) return undefined
    all += 1
    open.set(address, count + 1)
    return () => {
      all -= 1
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    }
  }
}
