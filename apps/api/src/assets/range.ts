import type { Span } from '@hilo/assets/storage'

/** What a `Range` header asks for: a part, nothing that there is, or the whole, as it does when it is of another form. */
export type Part = Span | 'unsatisfiable' | 'whole'

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** Reads a `Range` header for a file of so many bytes (RFC 9110, 14). Of several ranges the whole is given, as it allows. */
export const partOf = (header: string | undefined, size: number): Part => {
  const [, first = '', last = ''] = ONE_RANGE.exec(header ?? '') ?? []
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable'
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  // An end before the begin is no range at all.
  if (last !== '' && Number(last) < start) return 'whole'
  return start < size ? { start, end } : 'unsatisfiable'
}
