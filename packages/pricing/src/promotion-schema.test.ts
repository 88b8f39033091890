import { Ajv2020 } from 'ajv/dist/2020.js'
import { isCurrency } from '@hilo/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePromotion } from './compile-promotion.ts'
import { PROMOTION_SCHEMA } from './promotion-schema.ts'
import { definition } from './testing/any-shop.ts'

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  formats: { 'date-time': true, 'time-zone': true, 'wall-time': true, country: true, currency: isCurrency },
})

describe('PROMOTION_SCHEMA', () => {
  it('is a JSON Schema of draft 2020-12', () => {
    expect(ajv.validateSchema(PROMOTION_SCHEMA)).toBe(true)
    expect(() => ajv.compile(PROMOTION_SCHEMA)).not.toThrow()
  })

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(PROMOTION_SCHEMA))).toEqual(PROMOTION_SCHEMA)
  })

  it('says of any definition what compilePromotion says', () => {
    const validate = ajv.compile(PROMOTION_SCHEMA)
    // Some of them broken in one member.
    const odd = fc.constantFrom(undefined, null, '', 'X', -1, 1.5, true, [], {}, { kind: 'X' }, ['EUR'], {
      EUR: 0,
    })
    const member = fc.constantFrom(
      'v',
      'trigger',
      'effect',
      'items',
      'conditions',
      'cap',
      'caps',
      'schedule',
      'audience',
      'x',
    )
    const broken = fc
      .tuple(definition, fc.option(fc.tuple(member, odd)))
      .map(([one, change]) => ({ v: 1, ...one, ...(change ? { [change[0]]: change[1] } : {}) }))
    fc.assert(
      fc.property(broken, (one) => {
        const plain = JSON.parse(JSON.stringify(one)) as object
        // A rule may be impossible although it fits the schema, never the other way round.
        if (compilePromotion(plain).ok) expect(validate(plain)).toBe(true)
        if (!validate(plain)) expect(compilePromotion(plain).ok).toBe(false)
      }),
    )
  })
})
