import { once } from 'node:events'
import { connect } from 'node:net'

/** A GET of which the last byte is not sent yet: a server that stops has to wait for it. */
export const beginRequest = async (web: string, path: string) => {
  const { hostname, port } = new URL(web)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk
  })
  socket.on('error', () => undefined)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n`)
  return {
    /** Sends the rest; gives the whole answer. */
    finish: async (): Promise<string> => {
      socket.write('\r\n')
      await once(socket, 'close')
      return answer
    },
  }
}
