import { once } from 'node:events'

interface Message {
  readonly method?: string
  readonly params?: { readonly sessionId: string }
}

/** Runs a line of JavaScript in the one worker thread of a process that was started with `--inspect`. */
export const runInThread = async (inspector: string, line: string): Promise<void> => {
  const socket = new WebSocket(inspector)
  await once(socket, 'open')
  const attached = Promise.withResolvers<string>()
  const done = Promise.withResolvers<void>()
  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data)) as Message
    if (method === 'NodeWorker.attachedToWorker') attached.resolve(params!.sessionId)
    if (method === 'NodeWorker.receivedMessageFromWorker') done.resolve()
  })
  const send = (method: string, params: object): void =>
    socket.send(JSON.stringify({ id: 1, method, params }))
  send('NodeWorker.enable', { waitForDebuggerOnStart: false })
  const sessionId = await attached.promise
  const message = JSON.stringify({ id: 2, method: 'Runtime.evaluate', params: { expression: line } })
  send('NodeWorker.sendMessageToWorker', { sessionId, message })
  await done.promise
  // A process does not end while somebody inspects it.
  socket.close()
  await once(socket, 'close')
}
