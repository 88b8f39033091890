import type { ExecutionResult } from 'graphql'
import { expect, test } from 'vitest'
import { createSharedAnswers } from './shared-answers.ts'

const counting = (result: ExecutionResult, isLater = false) => {
  let times = 0
  const make = (): ExecutionResult | Promise<ExecutionResult> => {
    times += 1
    return isLater ? Promise.resolve({ ...result }) : { ...result }
  }
  return { make, times: () => times }
}

test.each([false, true])(
  'makes an answer once for all who ask the same of an event (later: %s)',
  async (isLater) => {
    const { of } = createSharedAnswers()
    const { make, times } = counting({ data: { a: 1 } }, isLater)
    const event = {}
    const told = await Promise.all([of(event, 'key', make), of(event, 'key', make)])
    expect(await of(event, 'key', make)).toBe(told[0])
    expect(told[1]).toBe(told[0])
    expect(times()).toBe(1)
    await of(event, 'other', make)
    await of({}, 'key', make)
    expect(times()).toBe(3)
  },
)

test.each([false, true])('makes what has errors for each (later: %s)', async (isLater) => {
  const { of, characters } = createSharedAnswers()
  const { make, times } = counting({ errors: [] }, isLater)
  const event = {}
  const [one, two] = await Promise.all([of(event, 'key', make), of(event, 'key', make)])
  expect(one).not.toBe(two)
  expect(times()).toBe(2)
  expect(characters()).toBe(0)
})

test('keeps no more than so many characters, however many events somebody slow still holds', async () => {
  const { of, characters } = createSharedAnswers(1_000)
  const { make, times } = counting({ data: { text: 'x'.repeat(100) } })
  const held = Array.from({ length: 500 }, () => ({}))
  for (const event of held) await of(event, 'key', make)
  expect(characters()).toBeLessThanOrEqual(1_000)
  await of(held.at(-1)!, 'key', make)
  expect(times()).toBe(500)
  await of(held[0]!, 'key', make)
  expect(times()).toBe(501)
})
