import { localize, type Localized } from '@hilo/kernel'
import anyAscii from 'any-ascii'

/** Letters that no accent comes off, as they are written without them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
}

/** Longest slug that is made of a name: room for a number behind it. */
const LONGEST = 80

/** A text as it stands in an address: `Café con leche` → `cafe-con-leche`; empty when nothing of it can. */
export const slugify = (text: string): string =>
  text
    .toWellFormed()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłıħŋ]/g, (letter) => PLAIN[letter]!)
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')

/** Letters and digits of other scripts, with the marks on them. */
const NOT_LATIN = /(?:(?!\p{Script=Latin})[\p{L}\p{M}\p{Nd}])+/gu

/** A text in Latin letters: `Кофе` → `kofe`, `咖啡` → `Ka-Fei`. What is written in them stays as it is. */
const inLatin = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(NOT_LATIN, (run) =>
      anyAscii(run.toLowerCase())
        .replace(/['`"]/g, '')
        // Scripts without capitals begin each syllable with one.
        .replace(/(?<=[a-z])(?=[A-Z])/g, '-'),
    )

const suggested = (text: string): string => slugify(inLatin(text))

/** The slug that a name in several languages suggests; `otherwise` for one of which nothing can stand in an address. */
export const slugOfName = (name: Localized, otherwise: string): string =>
  suggested(localize(name, { locale: 'en' })) || Object.values(name).map(suggested).find(Boolean) || otherwise
