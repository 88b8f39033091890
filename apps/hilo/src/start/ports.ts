import { createServer, type AddressInfo, type Server } from 'node:net'
import { UserFacingError } from '../user-facing-error.ts'

/** A port to listen on, in words for people. */
export interface Wanted {
  readonly host: string
  readonly port: number
  /** How a person changes it, such as `--port`. */
  readonly setting: string
  readonly what: string
}

/** The sentence for a port that cannot be had, or nothing for an error that is not about the port. */
export const portRefusal = (
  code: string | undefined,
  { host, port, setting, what }: Wanted,
): UserFacingError | undefined => {
  if (code === 'EADDRINUSE') {
    return new UserFacingError(
      `Port ${port} for ${what} is taken by another program. Stop that one, or choose another port: ${setting} ${port + 1} (${setting} 0 takes a free one).`,
    )
  }
  if (code === 'EACCES') {
    return new UserFacingError(
      `Port ${port} for ${what} needs more rights. Choose one above 1023: ${setting} 8080.`,
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new UserFacingError(`This machine has no address ${host}. Choose another: --host 127.0.0.1.`)
  }
  return undefined
}

/** Listens, or says in one sentence which setting to change. Gives the port that was taken. */
export const listen = (server: Server, wanted: Wanted): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portRefusal(error.code, wanted) ?? error))
    server.listen(wanted.port, wanted.host, () => resolve((server.address() as AddressInfo).port))
  })

/** Where this machine reaches a server of its own. */
export const urlOf = (host: string, port: number): string => {
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${own.includes(':') ? `[${own}]` : own}:${port}`
}

/** Checks that a port is free before anything slow is started. */
export const probe = async (wanted: Wanted): Promise<void> => {
  if (wanted.port === 0) return
  const server = createServer()
  await listen(server, wanted)
  await new Promise((resolve) => server.close(resolve))
}
