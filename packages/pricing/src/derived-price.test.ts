import { currency } from '@hilo/kernel'
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { derivePrice, ROUNDING_DIRECTIONS, ROUNDINGS } from './derived-price.ts'

const derive = (
  base: number,
  rule: { percent: number; to?: string; direction?: string; in?: string },
): bigint =>
  derivePrice(
    BigInt(base),
    {
      adjustmentPpm: rule.percent * 10_000,
      rounding: (rule.to ?? 'NONE') as 'NONE',
      direction: (rule.direction ?? 'NEAREST') as 'NEAREST',
    },
    currency(rule.in ?? 'EUR'),
  )

describe('A derived price', () => {
  it.each([
    ['is worked out half away from zero', 1005, { percent: -10 }, 905n],
    ['may be dearer than its base', 1000, { percent: 12.5 }, 1125n],
    ['ends in ,99 next to it', 1666, { percent: -10, to: 'ENDS_99' }, 1499n],
    ['ends in ,99 above it', 1670, { percent: -10, to: 'ENDS_99', direction: 'UP' }, 1599n],
    ['ends in ,99 below it', 1610, { percent: 0, to: 'ENDS_99', direction: 'DOWN' }, 1599n],
    ['stays where it ends so already', 1599, { percent: 0, to: 'ENDS_99', direction: 'UP' }, 1599n],
    ['takes the upper of two as near', 1549, { percent: 0, to: 'ENDS_99' }, 1599n],
    ['ends in ,95', 2000, { percent: -10, to: 'ENDS_95' }, 1795n],
    ['ends in ,00', 1999, { percent: 0, to: 'ENDS_00' }, 2000n],
    ['goes by five cents', 1003, { percent: 0, to: 'TO_5' }, 1005n],
    ['goes by five cents, up', 1001, { percent: 0, to: 'TO_5', direction: 'UP' }, 1005n],
    ['ends in 99 yen', 1333, { percent: -10, to: 'ENDS_99', in: 'JPY' }, 1199n],
    ['ends in ,990 dinars', 12345, { percent: 0, to: 'ENDS_99', in: 'KWD' }, 11990n],
    ['goes by fifty thousandths of a dinar', 12345, { percent: 0, to: 'TO_5', in: 'KWD' }, 12350n],
    ['is not rounded below the first ending', 50, { percent: 0, to: 'ENDS_99', direction: 'DOWN' }, 50n],
    ['is not rounded to nothing', 2, { percent: 0, to: 'TO_5' }, 2n],
    ['is nothing when all is taken off', 1999, { percent: -100, to: 'ENDS_99', direction: 'UP' }, 0n],
    ['is nothing when its base is', 0, { percent: 50, to: 'ENDS_99', direction: 'UP' }, 0n],
    ['is no larger than a price can be', Number.MAX_SAFE_INTEGER, { percent: 900 }, 9007199254740991n],
  ])('%s', (_, base, rule, amount) => {
    expect(derive(base, rule)).toBe(amount)
  })
})

test('Rounding goes the way it says, by less than its step, and never to nothing', () => {
  const rule = fc.record({
    adjustmentPpm: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    rounding: fc.constantFrom(...ROUNDINGS),
    direction: fc.constantFrom(...ROUNDING_DIRECTIONS),
  })
  const code = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF')
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 12n), rule, code, (base, derivation, text) => {
      const plain = derivePrice(base, { ...derivation, rounding: 'NONE' }, currency(text))
      const amount = derivePrice(base, derivation, currency(text))
      expect(amount > 0n).toBe(plain > 0n)
      if (derivation.direction === 'UP') expect(amount >= plain).toBe(true)
      if (derivation.direction === 'DOWN') expect(amount <= plain).toBe(true)
      const gap = amount > plain ? amount - plain : plain - amount
      expect(gap < 10_000n).toBe(true)
    }),
  )
})
