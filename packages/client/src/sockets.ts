import { socketParams, type Connection } from './connection.ts'
import type { Listen } from './listen.ts'
import { openSocket, type Socket } from './socket.ts'

/** Listens over WebSockets: one for all subscriptions that ask as the same person from the same place. */
export const listenBySocket = (connection: Connection, WebSocket: typeof globalThis.WebSocket): Listen => {
  const open = new Map<string, Socket>()
  const url = new URL(connection.url, globalThis.location?.href).href.replace(/^http/, 'ws')
  return (call, listening) => {
    const params = socketParams(connection, call)
    const key = JSON.stringify(params)
    const socket =
      open.get(key) ??
      openSocket({
        url,
        WebSocket,
        params,
        timeoutMs: connection.timeoutMs,
        idleMs: connection.idleMs,
        onOver: () => open.get(key) === socket && open.delete(key),
      })
    open.set(key, socket)
    return socket.subscribe({ query: call.text, variables: call.variables }, listening)
  }
}
