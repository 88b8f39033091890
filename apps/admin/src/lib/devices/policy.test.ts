import { describe, expect, it } from 'vitest'
import { type DeviceDraft, inputOf, problemsOf, refusedFields } from './policy.ts'

const draft: DeviceDraft = {
  name: 'Kitchen',
  test: false,
  maxOrder: '50.00',
  maxDay: '',
  maxQuantity: '10',
  cancelWindowMinutes: '30',
}

describe('device policy', () => {
  it('sends amounts in minor units, and no amount as no right to buy', () => {
    expect(inputOf(draft, 'EUR').policy).toEqual({
      maxOrder: { amountMinor: 5000, currency: 'EUR' },
      maxDay: null,
      maxQuantity: 10,
      cancelWindowMinutes: 30,
    })
  })

  it('names the fields that cannot be saved', () => {
    expect(problemsOf(draft, 'EUR')).toEqual({})
    const bad = { ...draft, name: ' ', maxOrder: '5.5', maxQuantity: '0', cancelWindowMinutes: '43201' }
    expect(Object.keys(problemsOf(bad, 'JPY'))).toEqual([
      'name',
      'maxOrder',
      'maxQuantity',
      'cancelWindowMinutes',
    ])
  })

  it('shows a refusal beside the field that it is about', () => {
    const at = (...path: string[]) =>
      Object.keys(refusedFields([{ __typename: 'PlainError', code: 'X', message: 'No', path }]))[0]
    expect(at('policy', 'maxOrder', 'amountMinor')).toBe('maxOrder')
    expect(at('name')).toBe('name')
    expect(at('ifVersion')).toBe('')
  })
})
