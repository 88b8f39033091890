import { describe, expect, it } from 'vitest'
import { hasText, missingIn, textError, textIn, textInput, textsOf, withText } from './texts.ts'

const saved = {
  translations: [
    { locale: 'ca', text: 'Te' },
    { locale: 'en', text: 'Tea' },
    { locale: 'pt-BR', text: 'Chá' },
  ],
}

describe('texts', () => {
  it('sends back every language when only one was edited', () => {
    let texts = withText(textsOf(saved), 'en', 'Green tea ')
    texts = withText(texts, 'es', 'Té verde')
    texts = withText(texts, 'ca', '')
    expect(textInput(texts)).toEqual({
      en: 'Green tea',
      es: 'Té verde',
      others: [{ locale: 'pt-BR', text: 'Chá' }],
    })
  })

  it('is as it was when a language is typed and emptied again', () => {
    const typed = withText(textsOf(saved), 'es', 'T')
    expect(withText(typed, 'es', '')).toEqual(textsOf(saved))
  })

  it('finds the text that there is, and the languages that lack it', () => {
    expect(textIn(textsOf(saved), ['es', 'ca', 'en'])).toBe('Te')
    expect(textIn({ ja: '茶' }, ['en'])).toBe('茶')
    expect(textIn({}, ['en'])).toBe('')
    expect(missingIn(textsOf(saved), ['en', 'es', 'ca'])).toEqual(['es'])
    expect(missingIn({}, ['en', 'es'])).toEqual([])
    expect(hasText({ en: ' ' })).toBe(false)
  })

  it('says at the first language what no other field says', () => {
    const languages = ['es', 'ca']
    const at = (locale: string, errors: Record<string, string>) =>
      textError(errors, 'name', { locale, languages })
    expect(at('es', { 'name.en': 'Missing' })).toBe('Missing')
    expect(at('es', { name: 'Missing' })).toBe('Missing')
    expect(at('ca', { name: 'Missing', 'name.ca': 'Too long' })).toBe('Too long')
    expect(at('es', { 'name.ca': 'Too long' })).toBeUndefined()
  })
})
