import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { API_REFUSALS } from '../errors.ts'
import type { Limits } from '../limits/limits.ts'
import { refused } from './refused.ts'

/** The body, cut with an error as soon as it is longer than it may be. */
const limited = (
  body: ReadableStream<Uint8Array>,
  max: number,
  tooLarge: () => GraphQLError,
): ReadableStream<Uint8Array> => {
  const reader = body.getReader()
  let length = 0
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      length += value.byteLength
      if (length <= max) controller.enqueue(value)
      // Not cancelled: that would end the connection before it has heard the answer, which ends it too.
      else controller.error(tooLarge())
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/**
 * Refuses a body above the limit: by what it says of its length, which HTTP keeps it to, and else while it is read. Who
 * asks is looked up before only where it matters: for a body that is larger than others may send, or may become so.
 * Refuses a compressed body: a small one can hold a large one.
 */
export const requestSize = (
  { bodyBytes, staffBodyBytes }: Pick<Limits, 'bodyBytes' | 'staffBodyBytes'>,
  isStaff: (initial: object & { readonly request: Request }) => Promise<boolean>,
): Plugin => ({
  onRequestParse: async ({ request, requestParser, setRequestParser, fetchAPI, serverContext }) => {
    let max = bodyBytes
    const tooLarge = () =>
      refused(API_REFUSALS.refuse('REQUEST_TOO_LARGE', { max }), { request }, { status: 413, close: true })
    const encoding = request.headers.get('content-encoding') ?? 'identity'
    if (encoding !== 'identity') {
      const refusal = API_REFUSALS.refuse('ENCODING_NOT_ACCEPTED', { encoding: encoding.slice(0, 60) })
      throw refused(refusal, { request }, { status: 415, close: true })
    }
    const length = request.headers.get('content-length')
    const isLarge = length === null || Number(length) > bodyBytes
    if (isLarge && (await isStaff({ ...(serverContext as object), request }))) max = staffBodyBytes
    if (length !== null) {
      if (!/^\d+$/.test(length) || Number(length) > max) throw tooLarge()
      return
    }
    if (!requestParser || !request.body) return
    setRequestParser((given) =>
      requestParser(
        new fetchAPI.Request(given.url, {
          method: given.method,
          headers: given.headers,
          signal: given.signal,
          body: limited(given.body!, max, tooLarge),
          duplex: 'half',
        } as RequestInit),
      ),
    )
  },
})
