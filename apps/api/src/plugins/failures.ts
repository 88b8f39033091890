import { ACCESS } from '@hilo/access'
import type { Plugin } from 'graphql-yoga'
import type { Limiter } from '../limits/limiter.ts'
import { refused } from './refused.ts'

/** The address that a request of this context comes from; undefined inside the process. */
type AddressOf = (context: object) => string | undefined

/**
 * Charges the network block for requests that fail before anybody knows who asks: no query, one that is not valid, a
 * forged token. When it has used that up, its requests are not looked at for a while.
 */
export const failures = (limiter: Limiter, addressOf: AddressOf): Plugin => {
  const reached = new WeakSet<Request>()
  /** From the beginning: when the answer is there, the connection may be gone and know no address. */
  const addresses = new WeakMap<Request, string>()
  const reach = ({ args }: { readonly args: { readonly contextValue?: unknown } }): void => {
    const { request } = args.contextValue as { readonly request?: Request }
    if (request) reached.add(request)
  }
  return {
    onRequestParse: ({ request, serverContext }) => {
      const address = addressOf({ ...(serverContext as object), request })
      if (address === undefined) return
      addresses.set(request, address)
      const waitMs = limiter.failureWait(address)
      if (waitMs === 0) return
      const retryAfter = Math.ceil(waitMs / 1_000)
      throw refused(ACCESS.refuse('RATE_LIMITED', { retryAfter }), { request }, { status: 429, retryAfter })
    },
    onExecute: reach,
    onSubscribe: reach,
    onResponse: ({ request, response }) => {
      const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
      const address = addresses.get(request)
      if (address !== undefined && !reached.has(request) && !isPage) limiter.failed(address)
    },
  }
}
