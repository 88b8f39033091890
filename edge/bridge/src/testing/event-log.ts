import { EventEmitter, on } from 'node:events'

/** A log of numbered changes that can be followed from any point, as the API's is. */
export const eventLog = () => {
  const changes: { readonly topic: string; readonly value: object }[] = []
  const bell = new EventEmitter().setMaxListeners(0)

  async function* follow(topic: string, after: string | null | undefined, abort: AbortSignal) {
    let seen = after ? Number(after) : changes.length
    const rings = on(bell, 'ring', { signal: abort })
    while (true) {
      for (; seen < changes.length; seen += 1) {
        const change = changes[seen]!
        const head = { eventId: String(seen + 1), at: '2026-01-02T03:04:05.000Z' }
        if (change.topic === topic) yield { [topic]: { ...head, ...change.value } }
      }
      await rings.next()
    }
  }
  return {
    add: (topic: string, value: object) => {
      changes.push({ topic, value })
      bell.emit('ring')
    },
    follow,
  }
}
