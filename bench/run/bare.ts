import type { ServedRung } from '../scenario.ts'

/** The first rung: node:http with a fixed body of the size that ours answers. Nothing on this machine is faster. */
export const bare: ServedRung = {
  label: 'bare node:http',
  serve: ({ bytes }) => {
    const body = Buffer.alloc(bytes, 'x')
    const headers = { 'content-type': 'application/json', 'content-length': String(bytes) }
    return (request, response) => {
      request.resume()
      request.once('end', () => response.writeHead(200, headers).end(body))
    }
  },
}
