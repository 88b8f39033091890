import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import type { Handler } from './http.ts'

const DEMO_IMAGES = fileURLToPath(new URL('../../demo/images/', import.meta.url))
const HOUR_SECONDS = 3_600

/** The pictures of the demo shop below `/assets/demo/`; everything else there is what the shop uploaded. */
export const assets = (uploaded: Handler): Handler => {
  const serve = sirv(DEMO_IMAGES, { etag: true, maxAge: HOUR_SECONDS, dotfiles: false })
  return (request, response, next) => {
    if (!request.url?.startsWith('/assets/demo/')) return uploaded(request, response, next)
    request.url = request.url.slice('/assets/demo'.length)
    // A picture that somebody could one day upload must never run as a page of ours.
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    response.setHeader('x-content-type-options', 'nosniff')
    serve(request, response, next)
  }
}
