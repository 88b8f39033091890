import { refusalError, type RequestContext } from '@hilo/graphql'
import type { Plugin } from 'graphql-yoga'
import { API_REFUSALS } from '../errors.ts'
import { sessionCookie } from '../request-context.ts'

/**
 * A POST signed in by cookie must carry the header `Hilo-Csrf`: a form or a simple request from a foreign page cannot
 * set it, and CORS never grants it to one.
 */
export const csrf = (): Plugin<RequestContext & { request?: Request }> => ({
  onContextBuilding: ({ context }) => {
    const { request } = context
    if (!request || request.method !== 'POST') return
    const byCookie = sessionCookie(request.headers.get('cookie')) && !request.headers.has('authorization')
    if (byCookie && !request.headers.has('hilo-csrf')) {
      throw refusalError(API_REFUSALS.refuse('CSRF_HEADER_REQUIRED', {}).error, context)
    }
  },
})
