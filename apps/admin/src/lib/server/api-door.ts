import type { IncomingMessage } from 'node:http'

/** The API's own `fetch`: answers a request for `/graphql` in the same process, on behalf of a browser's address. */
export type ApiFetch = (request: Request, address?: string) => Response | Promise<Response>

// The server that mounts the admin and the built admin are two bundles: a registered symbol is the same in both.
const DOOR = Symbol.for('hilo.admin.api')

type WithDoor = IncomingMessage & { [DOOR]?: ApiFetch }

/** Lets the admin answer this request with the help of this API, so that two servers in one process stay apart. */
export const openDoor = (req: IncomingMessage, api: ApiFetch): void => {
  ;(req as WithDoor)[DOOR] = api
}

/** The API that answers for this request; none when the admin runs as a process of its own. */
export const doorOf = (req: IncomingMessage | undefined): ApiFetch | undefined =>
  (req as WithDoor | undefined)?.[DOOR]
