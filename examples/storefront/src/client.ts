import { createClient, defaultBackoff } from '@hilo/client'
import { locale } from './messages.ts'
import { cartToken } from './remembered.ts'
import { API, refresh, tokens } from './tokens.ts'

export { API }

/** The one way to the shop. */
export const client = createClient({
  url: `${API}/graphql`,
  webSocket: true,
  // Somebody waits in front of the page.
  backoff: { ...defaultBackoff, maxMs: 3_000 },
  context: () => ({ channel: 'web-eu', locale, cartToken: cartToken.get() }),
  auth: { get: tokens.get, refresh },
})
