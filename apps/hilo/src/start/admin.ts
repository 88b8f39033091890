import { mountAdmin } from '@hilo/admin/mount'
import type { Api } from '@hilo/api'
import { forwarder } from './forwarder.ts'
import type { Part } from './part.ts'

const toAdmin = { '/': '/admin' }

/** The admin beside the API: its server side reaches it without a network between. */
export const adminBeside = async (api: Api): Promise<Part> => {
  const admin = await mountAdmin((request, address) =>
    Promise.resolve(api.fetch(request, { clientAddress: address })),
  )
  return { handlers: { '/admin': admin }, redirects: toAdmin }
}

/** Asks an API elsewhere on behalf of a browser, whose address it passes on. */
const askRemote = (apiUrl: string) => (request: Request, address?: string) => {
  const { pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  if (address) headers.append('x-forwarded-for', address)
  return fetch(new URL(pathname + search, apiUrl), {
    method: request.method,
    headers,
    body: request.body,
    signal: request.signal,
    duplex: 'half',
  } as RequestInit)
}

/** The admin as a process of its own: it asks the API over the network, and passes the browser's live queries on. */
export const adminOf = async (apiUrl: string): Promise<Part> => {
  const api = forwarder(new URL(apiUrl))
  return {
    handlers: {
      '/admin': await mountAdmin(askRemote(apiUrl)),
      '/graphql': api.handle,
      '/assets': api.handle,
      '/bulk': api.handle,
    },
    upgrades: { '/graphql': api.handleUpgrade },
    redirects: toAdmin,
    close: api.close,
  }
}
