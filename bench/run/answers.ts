/** A whole answer. */
interface Answer {
  readonly status: number
  /** Of the body. */
  readonly bytes: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/**
 * Finds the answers in what a connection brings, with as little work as possible: the load must not be what is measured.
 * Knows lengths and chunks; a connection has one request under way.
 */
export const answers = (onAnswer: (answer: Answer) => void): ((data: Buffer) => void) => {
  let head: Buffer | undefined = Buffer.alloc(0)
  let status = 0
  let left = 0
  let bytes = 0
  let tail: Buffer = Buffer.alloc(0)
  let isChunked = false

  const finish = (): void => {
    const answer = { status, bytes }
    head = Buffer.alloc(0)
    tail = Buffer.alloc(0)
    bytes = 0
    onAnswer(answer)
  }
  const body = (data: Buffer): void => {
    bytes += data.length
    if (isChunked) {
      tail = data.length >= LAST_CHUNK.length ? data.subarray(-5) : Buffer.concat([tail, data]).subarray(-5)
      if (tail.equals(LAST_CHUNK)) finish()
      return
    }
    left -= data.length
    if (left <= 0) finish()
  }
  return (data) => {
    if (!head) return body(data)
    head = head.length > 0 ? Buffer.concat([head, data]) : data
    const end = head.indexOf(HEAD_END)
    if (end < 0) return
    const text = head.toString('latin1', 0, end)
    const rest = head.subarray(end + HEAD_END.length)
    head = undefined
    status = Number(text.slice(9, 12))
    isChunked = /\r\ntransfer-encoding: *chunked/i.test(text)
    left = isChunked ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0)
    body(rest)
  }
}
