import { once } from 'node:events'
import { openStore } from '@hilo/store'
import { silent, testDisk } from '@hilo/broker/testing'
import { expect, it, onTestFinished } from 'vitest'
import { STEPS } from '../schema.ts'
import { follow } from './follow.ts'
import { createPositions } from './positions.ts'

it('an effect that ends after the stream was left does not bring back the position that was forgotten', async () => {
  const disk = testDisk()
  const store = openStore({ path: disk.path('edge.sqlite') })
  onTestFinished(async () => {
    await store.close()
    disk.remove()
  })
  store.migrate('bridge', STEPS)
  const positions = createPositions(store)
  const left = new AbortController()
  const begun = Promise.withResolvers<void>()
  const effect = Promise.withResolvers<void>()
  const following = follow(
    {
      name: 'price coffee',
      open: async function* ({ signal }) {
        yield { change: { eventId: '7' } }
        if (!signal!.aborted) await once(signal!, 'abort')
      },
      apply: () => {
        begun.resolve()
        return effect.promise
      },
    },
    { positions, backoff: { baseMs: 1, maxMs: 1, random: () => 1 }, log: silent, signal: left.signal },
  )
  await begun.promise
  left.abort()
  await following
  positions.forget('price coffee')
  effect.resolve()
  await new Promise(setImmediate)
  await store.close()
  const again = openStore({ path: disk.path('edge.sqlite') })
  expect(again.sql.all('SELECT * FROM position')).toEqual([])
  await again.close()
})
