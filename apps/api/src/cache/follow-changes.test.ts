import type { StoredEvent } from '@hilo/db'
import { expect, test } from 'vitest'
import { createAnswerStore } from './answer-store.ts'
import { followChanges } from './follow-changes.ts'

const answer = {
  head: Buffer.from('{'),
  etag: '',
  headers: {},
  storedAt: 0,
  until: 10,
  variantIds: new Set('a'),
}

test('a log that cannot be read on is followed again from now, and nothing from before is told', async () => {
  const store = createAnswerStore(1_000_000)
  const begun = store.begin()
  const heard: unknown[] = []
  let times = 0
  const subscribe = async function* (): AsyncGenerator<StoredEvent, void> {
    times += 1
    if (times === 1) throw new Error('no database')
    heard.push(store.find('list', 1), store.keep('list', answer, begun))
    heard.push(store.keep('list', answer, store.begin()))
    yield { type: 'StockChanged.v1', payload: { variantId: 'a' } } as never
    heard.push(store.find('list', 1))
  }
  store.keep('list', answer, begun)
  await followChanges({ subscribe }, store, {
    onChange: ({ type }) => heard.push(type),
    onLost: (error) => heard.push(String(error)),
  })
  expect(heard).toEqual(['Error: no database', undefined, false, true, 'StockChanged.v1', undefined])
  expect(times).toBe(2)
})
