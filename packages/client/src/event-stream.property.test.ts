import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { eventParser } from './event-stream.ts'

const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ''))

it('reads the same messages however the bytes are cut', () => {
  const message = fc.record({ event: fc.constantFrom('next', 'complete'), data: line })
  const ends = fc.constantFrom('\n', '\r\n', '\r')
  fc.assert(
    fc.property(fc.array(message), ends, fc.integer({ min: 1, max: 9 }), (messages, end, size) => {
      const text = messages
        .map(({ event, data }) => `: ping${end}event: ${event}${end}data: ${data}${end}${end}`)
        .join('')
      // A lone \r at the very end could be half of \r\n, so one more comment closes the stream.
      const bytes = new TextEncoder().encode(`${text}:${end}`)
      const parse = eventParser()
      const read = []
      for (let at = 0; at < bytes.length; at += size) read.push(...parse(bytes.subarray(at, at + size)))
      expect(read).toEqual(messages)
    }),
  )
})
