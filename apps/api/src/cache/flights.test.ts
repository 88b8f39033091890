import { expect, test } from 'vitest'
import { createFlights } from './flights.ts'

test('nobody waits for a request whose answer was never kept', () => {
  const flights = createFlights()
  flights.begin('mutation')
  expect(flights.of('mutation')).toBeUndefined()
})

test('who asks what was kept before waits for the first until it has landed', async () => {
  const flights = createFlights()
  flights.learn('list')
  const land = flights.begin('list')
  const waiting = flights.of('list')
  expect(waiting).toBeInstanceOf(Promise)
  expect(flights.of('other')).toBeUndefined()
  land()
  await waiting
  expect(flights.of('list')).toBeUndefined()
})

test('a second that goes beside the first does not land for it', () => {
  const flights = createFlights()
  flights.learn('list')
  flights.begin('list')
  const second = flights.begin('list')
  second()
  expect(flights.of('list')).toBeInstanceOf(Promise)
})

test('what is remembered is bounded', () => {
  const flights = createFlights()
  for (let index = 0; index < 10_001; index += 1) flights.learn(`list ${index}`)
  flights.begin('list 0')
  expect(flights.of('list 0')).toBeUndefined()
  flights.begin('list 10000')
  expect(flights.of('list 10000')).toBeInstanceOf(Promise)
})
