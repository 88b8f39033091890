import { callbackify } from 'node:util'
import { decodeId } from '@hilo/kernel'
import { decode, parseTopic, status, type Logger } from '@hilo/protocol'
import type { AedesOptions, Client } from 'aedes'
import type { failureLog } from './limits.ts'
import type { Sessions } from './sessions.ts'

/** What a device shows to be let in. Never logged. */
export interface Credentials {
  readonly deviceId: string
  readonly password: string
}

/** The answer to a sign-in: the channels whose catalogue the device may read, or a no. */
export type SignInAnswer =
  | { readonly ok: true; readonly channels: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Checks credentials. Rejects when it cannot tell now, and then the device is told to come back later. */
export type Authenticate = (credentials: Credentials) => Promise<SignInAnswer>

interface SignInOptions {
  readonly shop: string
  readonly authenticate: Authenticate
  readonly sessions: Sessions
  readonly failures: ReturnType<typeof failureLog>
  readonly addressOf: (client: Client) => string
  /** Resolves when the wills of the last run are out: before, a device could be told offline after it came back. */
  readonly ready: Promise<void>
  readonly log: Logger
}

type Will = { topic: string; payload: Buffer | string; retain?: boolean }

// Return codes of CONNACK, MQTT 3.1.1, 3.2.2.3.
const REFUSED = { identifier: 2, unavailable: 3, credentials: 4, forbidden: 5 } as const

const refusal = (returnCode: number, message: string) => Object.assign(new Error(message), { returnCode })

/** A will may only say that its device is gone: it is published later, when nobody can be asked. */
const isAllowedWill = (shop: string, deviceId: string, will: Will): boolean => {
  const address = parseTopic(will.topic)
  if (address?.kind !== 'status' || address.shop !== shop || address.device !== deviceId) return false
  const said = decode(status, Buffer.from(will.payload))
  return said.ok && said.value.state !== 'online'
}

/** The two hooks of aedes that let devices in, and the way to shut one out while it is still coming in. */
export const signIn = (options: SignInOptions) => {
  const { shop, sessions, failures, addressOf, log } = options
  const wills = new WeakMap<Client, Will>()
  const arriving = new Map<Client, { readonly deviceId: string; revoked: boolean }>()

  const admit = async (client: Client, username?: string, password?: Buffer): Promise<void> => {
    const deviceId = client.id
    const address = addressOf(client)
    if (!decodeId('device', deviceId)) throw refusal(REFUSED.identifier, 'not the id of a device')
    if (username !== deviceId || !password?.length)
      throw refusal(REFUSED.credentials, 'the user name is not the device id, or there is no password')
    if (failures.isBanned(address, deviceId)) throw refusal(REFUSED.forbidden, 'too many failed sign-ins')
    const will = wills.get(client)
    if (will && !isAllowedWill(shop, deviceId, will)) throw refusal(REFUSED.forbidden, 'forbidden will')
    const arrival = { deviceId, revoked: false }
    arriving.set(client, arrival)
    const answer = await options.ready
      .then(() => options.authenticate({ deviceId, password: password.toString('utf8') }))
      .catch((error: unknown) => {
        log.warn({ device: deviceId, err: error }, 'sign-in cannot be checked')
        throw refusal(REFUSED.unavailable, 'sign-in cannot be checked now')
      })
    if (!answer.ok) {
      failures.failed(address, deviceId)
      throw refusal(REFUSED.credentials, answer.reason)
    }
    if (arrival.revoked) throw refusal(REFUSED.forbidden, 'revoked')
    failures.succeeded(address, deviceId)
    sessions.start(client, { shop, deviceId, channels: answer.channels })
  }

  const preConnect: AedesOptions['preConnect'] = (client, packet, done) => {
    if (packet.will) wills.set(client, packet.will)
    done(null, true)
  }
  const tryToAdmit = async (
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
  ): Promise<boolean> => {
    try {
      await admit(client, username, password)
      return true
    } catch (error) {
      arriving.delete(client)
      const reason = (error as Error).message
      log.info({ device: client.id, address: addressOf(client), reason }, 'sign-in refused')
      throw error
    }
  }
  return {
    preConnect,
    authenticate: callbackify(tryToAdmit) as unknown as AedesOptions['authenticate'],
    /** The will a connected device left, with its retain flag as the topic wants it. */
    willOf: (client: Client): Will | undefined => wills.get(client),
    /** Shuts out whoever is signing in as this device right now. */
    revoke: (deviceId: string) => {
      for (const arrival of arriving.values()) if (arrival.deviceId === deviceId) arrival.revoked = true
    },
    /** Ends the sign-in; false when the device was revoked after its credentials were found good. */
    arrived: (client: Client): boolean => {
      const arrival = arriving.get(client)
      arriving.delete(client)
      return !arrival?.revoked
    },
    left: (client: Client) => void arriving.delete(client),
  }
}
