/** One message of a text/event-stream. */
export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

const parseBlock = (block: string): ServerSentEvent | undefined => {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
  }
  return data.length > 0 ? { event, data: data.join('\n') } : undefined
}

/**
 * Cuts a text/event-stream (HTML standard, "server-sent events") into messages. Feed it chunks as they come; a block
 * that is not complete waits for the next one. Comments, which servers send to keep the connection open, are dropped.
 */
export const eventParser = () => {
  const decoder = new TextDecoder()
  let rest = ''
  return (chunk: Uint8Array): ServerSentEvent[] => {
    rest += decoder.decode(chunk, { stream: true })
    // A carriage return at the very end may be half of a CRLF.
    const complete = rest.endsWith('\r') ? rest.slice(0, -1) : rest
    const blocks = complete.replace(/\r\n?/g, '\n').split('\n\n')
    rest = (blocks.pop() ?? '') + rest.slice(complete.length)
    return blocks.map(parseBlock).filter((event) => event !== undefined)
  }
}
