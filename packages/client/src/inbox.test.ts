import { describe, expect, it } from 'vitest'
import { createInbox } from './inbox.ts'

describe('an inbox', () => {
  it('gives what came in its order, and then the end', async () => {
    const inbox = createInbox<number>()
    const read = Array.fromAsync(inbox.read())
    inbox.put(1)
    await Promise.resolve()
    inbox.put(2)
    inbox.end()
    inbox.put(3)
    expect(await read).toEqual([1, 2])
  })

  it('is cut, to be resumed, when its reader is too slow', async () => {
    const inbox = createInbox<number>()
    for (let item = 0; item < 5_000; item += 1) inbox.put(item)
    const seen: number[] = []
    const reading = (async () => {
      for await (const item of inbox.read()) seen.push(item)
    })()
    await expect(reading).rejects.toMatchObject({ retryable: true })
    expect(seen).toEqual(Array.from({ length: 1_001 }, (_, index) => index))
  })
})
