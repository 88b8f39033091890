import { post, type Connection } from './connection.ts'
import { errorOfAnswer, errorOfStatus, silence } from './errors.ts'
import { eventParser } from './event-stream.ts'
import type { Listen } from './listen.ts'
import type { Answer } from './request.ts'

type Interruption = 'stopped' | 'silent'

/** The chunks of a stream, until it ends, the signal aborts or nothing comes for `idleMs`. */
async function* chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { idleMs, signal }: { idleMs: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  let interrupt: (why: Interruption) => void = () => {}
  const stop = () => interrupt('stopped')
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      // A pending read of an in-process stream ends neither by abort nor by cancel, so it is not waited for.
      const interruption = Promise.withResolvers<Interruption>()
      interrupt = interruption.resolve
      const timer = setTimeout(interrupt, idleMs, 'silent')
      const read = await Promise.race([reader.read(), interruption.promise]).finally(() =>
        clearTimeout(timer),
      )
      if (read === 'silent') throw silence()
      if (read === 'stopped' || read.done) return
      yield read.value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    reader.cancel().catch(() => {})
  }
}

/** Listens over server-sent events (graphql-sse, distinct connections): one HTTP request each. */
export const listenBySse = (connection: Connection): Listen =>
  async function* (call, { signal, onOpen }) {
    const response = await post(connection, call, { accept: 'text/event-stream', signal })
    if (!response.ok || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      const answer = (await response.json().catch(() => undefined)) as Answer | undefined
      throw answer?.errors?.length ? errorOfAnswer(answer.errors, response) : errorOfStatus(response)
    }
    const parse = eventParser()
    onOpen()
    for await (const chunk of chunksOf(response.body!.getReader(), { idleMs: connection.idleMs, signal })) {
      for (const { event, data } of parse(chunk)) {
        if (event === 'complete') return
        if (event === 'next') yield JSON.parse(data) as Answer
      }
    }
  }
