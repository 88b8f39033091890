import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { API_URL } from '$app/env/private'
import { knownTimeZone } from '#lib/format/day.ts'
import { paraglideMiddleware } from '#lib/paraglide/server.js'
import { cookieName } from '#lib/paraglide/runtime.js'
import { doorOf } from '#lib/server/api-door.ts'
import { themeOf } from '#lib/shell/theme.ts'

const YEAR_S = 365 * 24 * 3600

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    event.locals.locale = locale
    event.locals.theme = themeOf(event.cookies.get('hilo_theme'))
    event.locals.timeZone = knownTimeZone(event.cookies.get('hilo_time_zone'))
    // The browser reads it too: both sides must speak the same language from the first page on.
    if (event.cookies.get(cookieName) !== locale)
      event.cookies.set(cookieName, locale, {
        httpOnly: false,
        secure: false,
        sameSite: 'lax',
        maxAge: YEAR_S,
      })
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%hilo.locale%', locale).replace('%hilo.theme%', event.locals.theme),
    })
    response.headers.set('x-content-type-options', 'nosniff')
    response.headers.set('referrer-policy', 'same-origin')
    return response
  })

/** On the server, the API is asked in this process, or at `API_URL` when the admin is a process of its own. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { pathname, origin } = new URL(request.url)
  if (origin !== event.url.origin || pathname !== '/graphql') return fetch(request)
  const headers = new Headers(request.headers)
  for (const name of ['cookie', 'user-agent', 'x-forwarded-for']) {
    const value = event.request.headers.get(name)
    if (value) headers.set(name, value)
  }
  headers.set('origin', event.url.origin)
  const api = doorOf(event.platform?.req)
  const target = new Request(api ? request.url : new URL('/graphql', API_URL), {
    method: request.method,
    headers,
    body: request.body,
    duplex: 'half',
    signal: request.signal,
  } as RequestInit)
  return api ? api(target) : globalThis.fetch(target)
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'unknown')
    process.stderr.write(`${event.request.method} ${event.url.pathname}: ${String(error)}\n`)
}
