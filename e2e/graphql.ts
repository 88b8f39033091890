import { createClient } from 'graphql-ws'

/** A front end: asks, and listens, as someone in a channel. */
export interface FrontEnd {
  readonly web: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Answer<Data> {
  readonly data?: Data
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/** Sends one operation over HTTP. */
export const ask = async <Data>(
  { web, headers }: FrontEnd,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Data>> => {
  const response = await fetch(`${web}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer<Data>
}

/** What a front end asked for, or a failure that shows the errors. */
export const read = async <Data>(
  frontEnd: FrontEnd,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> => {
  const { data, errors } = await ask<Data>(frontEnd, query, variables)
  if (errors || !data) throw new Error(JSON.stringify(errors))
  return data
}

/**
 * Listens over server-sent events as `curl -N` does: plain text, one `next` event per answer. From `onBegun` on nothing
 * that happens is missed.
 */
export async function* listenSse<Data>(
  { web, headers }: FrontEnd,
  query: string,
  signal: AbortSignal,
  onBegun = (): void => {},
): AsyncGenerator<Data> {
  const response = await fetch(`${web}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
    signal,
  })
  onBegun()
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      const data = /^data: ?(.*)$/m.exec(event)?.[1]
      if (data && event.includes('event: next')) yield (JSON.parse(data) as { data: Data }).data
    }
  }
}

/** Listens over a WebSocket with the protocol `graphql-transport-ws`. From `onBegun` on nothing that happens is missed. */
export const listenWebSocket = <Data>(web: string, query: string, onBegun = (): void => {}) => {
  const client = createClient({
    url: `${web.replace('http', 'ws')}/graphql`,
    retryAttempts: 0,
    on: { ping: (_received, payload) => payload?.['opened'] && onBegun() },
  })
  const results = client.iterate<Data>({ query })
  return {
    next: async (): Promise<Data> => {
      const { value } = await results.next()
      return (value as { data: Data }).data
    },
    close: () => client.dispose(),
  }
}
