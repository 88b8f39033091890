import { createHash } from 'node:crypto'

/** Sentences remembered: more than are said in the time that bridges lag behind each other. */
const REMEMBERED = 10_000

const sentence = (topic: string, payload: Uint8Array): string =>
  createHash('sha256').update(topic).update('\n').update(payload).digest('base64')

/** What was said lately to the devices of a shop, by whichever bridge, so that not every one of them says it. */
export const createSaid = () => {
  const said = new Set<string>()
  const waiting = new Map<string, () => void>()
  return {
    heard: (topic: string, payload: Uint8Array): void => {
      const key = sentence(topic, payload)
      said.add(key)
      waiting.get(key)?.()
      if (said.size > REMEMBERED) said.delete(said.values().next().value!)
    },
    /** True when this very sentence is said within some milliseconds, or has been already. */
    waitFor: (topic: string, payload: Uint8Array, ms: number): Promise<boolean> => {
      const key = sentence(topic, payload)
      if (said.has(key)) return Promise.resolve(true)
      return new Promise((resolve) => {
        const end = (isSaid: boolean) => {
          clearTimeout(timer)
          waiting.delete(key)
          resolve(isSaid)
        }
        const timer = setTimeout(() => end(false), ms)
        waiting.set(key, () => end(true))
      })
    },
  }
}
