import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** What an address that is signed may be used for: one for uploading opens nothing, and the other way round. */
export type Use = 'upload' | 'download'

interface Ending {
  /** Milliseconds since 1970 from which it counts no longer. */
  readonly until: number
}

const MOST_CHARACTERS = 2_000

const mac = (key: KeyObject, use: Use, body: string): Buffer =>
  createHmac('sha256', key).update(`${use}.${body}`).digest()

/** A token that holds these facts, which only this key can make, and everybody can read. */
export const writeSigned = <Facts extends Ending>(key: KeyObject, use: Use, facts: Facts): string => {
  const body = Buffer.from(JSON.stringify(facts)).toString('base64url')
  return `${body}.${mac(key, use, body).toString('base64url')}`
}

/** The facts of a token; undefined when another key made it, for another use, or when it has ended. */
export const readSigned = <Facts extends Ending>(
  key: KeyObject,
  use: Use,
  { token, now }: { readonly token: string; readonly now: Date },
): Facts | undefined => {
  const [body = '', given = ''] = token.length > MOST_CHARACTERS ? [] : token.split('.')
  const [expected, found] = [mac(key, use, body), Buffer.from(given, 'base64url')]
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined
  const facts = JSON.parse(Buffer.from(body, 'base64url').toString()) as Facts
  return facts.until > now.getTime() ? facts : undefined
}
