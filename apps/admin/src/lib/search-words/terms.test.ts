import { expect, it } from 'vitest'
import { inputOf, problemsOf, termsIn } from './terms.ts'

const draft = { kind: 'TWO_WAY', terms: '', replacements: '' } as const

it('takes a term from each line or between commas, once', () => {
  expect(termsIn(' sofa, couch\n\nsettee;sofa ')).toEqual(['sofa', 'couch', 'settee'])
})

it('asks for two terms that mean the same, or for a term and what it also finds', () => {
  expect(problemsOf({ ...draft, terms: 'sofa' })).toHaveProperty('terms')
  expect(problemsOf({ ...draft, terms: 'sofa, couch' })).toEqual({})
  expect(Object.keys(problemsOf({ ...draft, kind: 'ONE_WAY' }))).toEqual(['terms', 'replacements'])
  expect(problemsOf({ kind: 'ONE_WAY', terms: 'coffee', replacements: 'espresso' })).toEqual({})
})

it('sends no replacements of those that mean the same', () => {
  expect(inputOf({ ...draft, terms: 'a, b', replacements: 'c' })).toEqual({
    terms: ['a', 'b'],
    replacements: [],
  })
})
