import { bringsToken } from '../start/bearer.ts'
import type { Handler } from '../start/http.ts'

/**
 * Metrics tell how busy a shop is: whoever reads them brings the token (`Authorization: Bearer …`). Without a token they
 * are there for everybody, or for nobody where `isOpen` is false.
 */
export const guardMetrics =
  (
    metrics: Handler,
    { token, isOpen }: { readonly token: string | undefined; readonly isOpen: boolean },
  ): Handler =>
  (request, response, next) => {
    if (token === undefined && !isOpen) return next()
    if (token === undefined || bringsToken(request, token)) return metrics(request, response, next)
    response.writeHead(401, { 'www-authenticate': 'Bearer', 'content-type': 'text/plain' })
    response.end('The metrics need the token of HILO_METRICS_TOKEN.\n')
  }
