import { expect, it } from 'vitest'
import { createWeightedCache } from './weighted-cache.ts'

it('keeps what was used last within its weight', () => {
  const cache = createWeightedCache<string>(10, (_key, value) => value.length)
  cache.set('a', 'xxxx')
  cache.set('b', 'xxxx')
  expect(cache.get('a')).toBe('xxxx')
  cache.set('c', 'xxxx')
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['xxxx', undefined, 'xxxx'])
  cache.set('huge', 'x'.repeat(11))
  expect(cache.get('huge')).toBeUndefined()
  expect(cache.get('a')).toBe('xxxx')
  cache.set('a', 'x'.repeat(10))
  expect([cache.get('a'), cache.get('c')]).toEqual(['x'.repeat(10), undefined])
  cache.delete('a')
  cache.set('d', 'x'.repeat(10))
  expect(cache.get('d')).toBeDefined()
})
