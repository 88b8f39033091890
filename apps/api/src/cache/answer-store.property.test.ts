import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnswerStore, type KeptAnswer } from './answer-store.ts'

const VARIANTS = ['a', 'b', 'c']

const answer = (text: string, variantIds: readonly string[], until = Infinity): KeptAnswer => ({
  head: Buffer.from(text),
  etag: text,
  headers: {},
  storedAt: 0,
  until,
  variantIds: new Set(variantIds),
})

test('whatever changes while answers are made and kept, what is found is as true as what is read', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('change' as const), variant: fc.constantFrom(...VARIANTS) }),
    fc.record({ kind: fc.constant('changeAll' as const) }),
    fc.record({ kind: fc.constant('ask' as const), variants: fc.subarray(VARIANTS, { minLength: 1 }) }),
    fc.record({ kind: fc.constant('finish' as const) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = createAnswerStore(1_000_000)
      const truth = new Map(VARIANTS.map((id) => [id, 0]))
      const read = (ids: readonly string[]): string => ids.map((id) => `${id}${truth.get(id)}`).join()
      const underWay: { key: string; begun: number; text: string; variants: readonly string[] }[] = []
      for (const one of steps) {
        if (one.kind === 'change') {
          truth.set(one.variant, truth.get(one.variant)! + 1)
          store.forgetVariant(one.variant)
        } else if (one.kind === 'changeAll') {
          for (const id of VARIANTS) truth.set(id, truth.get(id)! + 1)
          store.forgetAll()
        } else if (one.kind === 'ask') {
          const key = one.variants.join()
          const found = store.find(key, 1)
          if (found) expect(found.etag).toBe(read(one.variants))
          else underWay.push({ key, begun: store.begin(), text: read(one.variants), variants: one.variants })
        } else {
          const done = underWay.shift()
          if (done) store.keep(done.key, answer(done.text, done.variants), done.begun)
        }
      }
    }),
  )
})

test('an answer ends at its time, and is not told by a clock that was set back', () => {
  const store = createAnswerStore(1_000_000)
  store.keep('key', { ...answer('text', [], 10), storedAt: 5 }, store.begin())
  expect(store.find('key', 9)?.etag).toBe('text')
  expect(store.find('key', 10)).toBeUndefined()
  store.keep('key', { ...answer('text', [], 10), storedAt: 5 }, store.begin())
  expect(store.find('key', 4)).toBeUndefined()
})

test('the bytes stay below the limit, the longest unused go first, and what is too large is not kept', () => {
  const store = createAnswerStore(100_000)
  for (let n = 0; n < 500; n += 1) {
    store.keep(`key ${n}`, answer('x'.repeat(2_000), ['a']), store.begin())
    store.find('key 0', 1)
  }
  expect(store.bytes()).toBeLessThanOrEqual(100_000)
  expect(store.find('key 0', 1)).toBeDefined()
  expect(store.find('key 1', 1)).toBeUndefined()
  expect(store.keep('large', answer('x'.repeat(50_000), []), store.begin())).toBe(false)
  store.forgetVariant('a')
  expect(store.bytes()).toBe(0)
})

test('who began before more changes than are remembered keeps nothing', () => {
  const store = createAnswerStore(1_000_000)
  const begun = store.begin()
  for (let n = 0; n <= 10_000; n += 1) store.forgetVariant(`other ${n}`)
  expect(store.keep('key', answer('text', ['a']), begun)).toBe(false)
  expect(store.keep('key', answer('text', ['a']), store.begin())).toBe(true)
})
