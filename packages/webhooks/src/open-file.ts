import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { err, ok, type Result, type Sentence } from '@hilo/kernel'
import { WEBHOOKS } from './errors.ts'
import { pinned } from './pinned.ts'
import { findTarget, type Reachability } from './target.ts'

/** Hops to where a file is; each is looked at like the first. */
const MOST_REDIRECTS = 3
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

const failed = (text: string, reason: Sentence) => {
  const host = URL.parse(text)?.hostname.slice(0, 255) ?? ''
  return WEBHOOKS.refuse('FILE_NOT_FETCHED', { host, reason }, ['url'])
}

const TOO_LATE: Sentence = { en: 'it took too long', es: 'ha tardado demasiado' }

const TOO_FAR: Sentence = {
  en: `it leads on to more than ${MOST_REDIRECTS} other addresses`,
  es: `remite a más de ${MOST_REDIRECTS} direcciones más`,
}

const answered = (status: number): Sentence => ({
  en: `it answered with HTTP ${status}`,
  es: `ha respondido con HTTP ${status}`,
})

/** A code such as ECONNREFUSED is the same in every language; what else Node says of it is not. */
const broken = ({ code }: NodeJS.ErrnoException): Sentence => {
  const known = code ? ` (${code})` : ''
  return { en: `the connection failed${known}`, es: `ha fallado la conexión${known}` }
}

const get = (to: URL, addresses: readonly string[], signal: AbortSignal): Promise<IncomingMessage> => {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const send = to.protocol === 'https:' ? requestHttps : requestHttp
  send(to, { lookup: pinned(addresses), signal, agent: false, headers: { accept: '*/*' } })
    .on('error', reject)
    .on('response', resolve)
    .end()
  return promise
}

/**
 * A file of the public internet, as it comes: who reads it counts its bytes and closes it. Each address on the way is
 * checked and then connected to without asking its name again. Refuses what `findTarget` does, and `FILE_NOT_FETCHED`.
 */
export const openFile = async (
  url: string,
  reachability: Reachability,
  signal: AbortSignal,
): Promise<Result<Readable>> => {
  let at = url
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const target = await findTarget(at, reachability)
    if (!target.ok) return err(target.error)
    try {
      const response = await get(target.value.url, target.value.addresses, signal)
      const { statusCode: status = 0, headers } = response
      if (status === 200) return ok(response)
      response.destroy()
      const next = REDIRECTS.includes(status) && headers.location
      if (!next) return failed(at, answered(status))
      at = URL.parse(next, target.value.url)?.href ?? ''
    } catch (error) {
      return failed(at, signal.aborted ? TOO_LATE : broken(error as NodeJS.ErrnoException))
    }
  }
  return failed(at, TOO_FAR)
}
