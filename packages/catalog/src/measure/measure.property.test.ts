import { MAX_QUANTITY, type Result } from '@hilo/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContent, unitPriceRatio } from './content.ts'
import type { Amount, MeasureUnit } from './unit.ts'
import { checkMeasured, type Measure, measuredText, nearestQuantities, readMeasure } from './measure.ts'

const measure = fc
  .record({ step: fc.integer({ min: 1, max: 500 }), first: fc.nat(20), count: fc.nat(50), scale: fc.nat(6) })
  .map(({ step, first, count, scale }): Measure => ({
    unit: 'KILOGRAM',
    scale,
    step,
    minimum: (first + 1) * step,
    maximum: (first + 1 + count) * step,
  }))

const isSold = (quantity: number, { step, minimum, maximum }: Measure): boolean =>
  quantity % step === 0 && quantity >= minimum && quantity <= maximum

describe('a quantity by measure', () => {
  it('is sold exactly when it is a multiple of the step between minimum and maximum', () => {
    fc.assert(
      fc.property(measure, fc.integer({ min: 1, max: 40_000 }), (each, quantity) => {
        expect(checkMeasured(quantity, { measure: each, sku: 'x' }, []).ok).toBe(isSold(quantity, each))
      }),
    )
  })

  it('is refused with quantities that are sold, and none that is sold is nearer', () => {
    fc.assert(
      fc.property(measure, fc.integer({ min: 1, max: 40_000 }), (each, quantity) => {
        const nearest = nearestQuantities(quantity, each)
        expect(nearest.every((one) => isSold(one, each))).toBe(true)
        const distance = Math.min(...nearest.map((one) => Math.abs(one - quantity)))
        for (let other = each.minimum; other <= each.maximum; other += each.step) {
          expect(Math.abs(other - quantity)).toBeGreaterThanOrEqual(distance)
        }
      }),
    )
  })

  it('says which are the nearest in words and in numbers', () => {
    const beans: Measure = { unit: 'KILOGRAM', scale: 3, step: 50, minimum: 100, maximum: 5_000 }
    expect(checkMeasured(1_255, { measure: beans, sku: 'BEANS' }, ['quantity'])).toMatchObject({
      error: {
        code: 'QUANTITY_NOT_SOLD',
        data: { wanted: '1.255 kg', nearest: ['1.250 kg', '1.300 kg'], below: 1_250, above: 1_300 },
      },
    })
    expect(checkMeasured(9_000, { measure: beans, sku: 'BEANS' }, [])).toMatchObject({
      error: { data: { nearest: ['5.000 kg'], below: 5_000, above: 5_000 } },
    })
  })

  it('is written as the language does, with every digit of its scale', () => {
    const kilos = { unit: 'KILOGRAM', scale: 3 } as const
    expect(measuredText(1_250, kilos, { locale: 'en' })).toBe('1.250\u00A0kg')
    expect(measuredText(1_250, kilos, { locale: 'es' })).toBe('1,250\u00A0kg')
    expect(measuredText(12, { unit: 'SQUARE_METRE', scale: 1 }, { locale: 'en' })).toBe('1.2\u00A0m²')
    expect(measuredText(150, { unit: 'POUND', scale: 2 }, { locale: 'en' })).toBe('1.50\u00A0lb')
    expect(measuredText(3, { unit: 'PIECE', scale: 0 }, { locale: 'es' })).toBe('3\u00A0ud.')
  })
})

const codeAt = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.path.join('.'))

describe('a measure', () => {
  it('is filled up: every quantity when no step is said, the step as the least', () => {
    expect(readMeasure({ unit: 'GRAM', scale: 0 }, [])).toEqual({
      ok: true,
      value: { unit: 'GRAM', scale: 0, step: 1, minimum: 1, maximum: MAX_QUANTITY },
    })
    expect(readMeasure({ unit: 'METRE', scale: 2, step: 30 }, [])).toMatchObject({
      value: { minimum: 30, maximum: 999_990 },
    })
  })

  it.each([
    [{ scale: 7 }, 'scale'],
    [{ scale: -1 }, 'scale'],
    [{ step: 0 }, 'step'],
    [{ step: MAX_QUANTITY + 1 }, 'step'],
    [{ step: 10, minimum: 15 }, 'minimum'],
    [{ minimum: 0 }, 'minimum'],
    [{ step: 10, maximum: 105 }, 'maximum'],
    [{ minimum: 10, maximum: 5 }, 'maximum'],
    [{ maximum: MAX_QUANTITY + 1 }, 'maximum'],
  ])('that cannot be is refused at its field: %j', (over, field) => {
    expect(codeAt(readMeasure({ unit: 'GRAM', scale: 0, ...over }, []))).toBe(field)
  })
})

describe('a unit price', () => {
  const contentOf = (amount: number, unit: 'GRAM' | 'MILLILITRE' | 'PIECE') => {
    const read = readContent({ amount, unit }, [])
    return read.ok ? read.value : null
  }

  it('is told by the unit of the law, or by the one that was said', () => {
    expect(unitPriceRatio({ measure: null, content: contentOf(250, 'GRAM') })).toEqual({
      multiply: 1_000n,
      divide: 250n,
      reference: { amount: 1, unit: 'KILOGRAM' },
    })
    const wine = readContent(
      { amount: 750, unit: 'MILLILITRE', reference: { amount: 100, unit: 'MILLILITRE' } },
      [],
    )
    expect(wine).toMatchObject({ value: { reference: { amount: 100 } } })
    expect(unitPriceRatio({ measure: null, content: contentOf(12, 'PIECE') })).toMatchObject({ divide: 12n })
  })

  it('of goods in US units is told by pound, fluid ounce and foot, exactly', () => {
    const ratio = (amount: number, unit: MeasureUnit, reference?: Amount) => {
      const content = readContent({ amount, unit, reference }, [])
      return unitPriceRatio({ measure: null, content: content.ok ? content.value : null })!
    }
    const times = ({ multiply, divide }: { multiply: bigint; divide: bigint }) =>
      divide === 0n ? NaN : Number(multiply) / Number(divide)
    expect(ratio(12, 'OUNCE')).toMatchObject({ reference: { amount: 1, unit: 'POUND' } })
    expect(times(ratio(12, 'OUNCE'))).toBe(16 / 12)
    expect(ratio(1, 'GALLON')).toMatchObject({ reference: { amount: 1, unit: 'FLUID_OUNCE' } })
    expect(times(ratio(1, 'GALLON'))).toBe(1 / 128)
    expect(times(ratio(2, 'YARD'))).toBe(1 / 6)
    const kilo = ratio(1, 'POUND', { amount: 1, unit: 'KILOGRAM' })
    expect(kilo.multiply * 45_359_237n).toBe(kilo.divide * 100_000_000n)
    const litre = ratio(1, 'GALLON', { amount: 1, unit: 'LITRE' })
    expect(times(litre)).toBeCloseTo(1 / 3.785_411_784, 12)
  })

  it('of what is sold by measure is told for its own unit', () => {
    const grams: Measure = { unit: 'GRAM', scale: 0, step: 1, minimum: 1, maximum: 10 }
    expect(unitPriceRatio({ measure: grams, content: null })).toMatchObject({ multiply: 1_000n, divide: 1n })
    expect(unitPriceRatio({ measure: null, content: null })).toBeUndefined()
  })

  it('has no reference of another kind, and no content of nothing', () => {
    const mixed = { amount: 1, unit: 'GRAM', reference: { amount: 1, unit: 'LITRE' } } as const
    expect(codeAt(readContent(mixed, []))).toBe('reference')
    expect(codeAt(readContent({ amount: 0, unit: 'GRAM' }, []))).toBe('amount')
  })
})
