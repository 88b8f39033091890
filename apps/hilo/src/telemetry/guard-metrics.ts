import { createHash, timingSafeEqual } from 'node:crypto'
import type { Handler } from '../start/http.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Metrics tell how busy a shop is: whoever reads them brings the token (`Authorization: Bearer …`). Without a token they
 * are there for everybody, or for nobody where `isOpen` is false.
 */
export const guardMetrics = (
  metrics: Handler,
  { token, isOpen }: { readonly token: string | undefined; readonly isOpen: boolean },
): Handler => {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`)
  return (request, response, next) => {
    if (!expected && !isOpen) return next()
    if (expected && !timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer', 'content-type': 'text/plain' })
      response.end('The metrics need the token of HILO_METRICS_TOKEN.\n')
      return
    }
    return metrics(request, response, next)
  }
}
