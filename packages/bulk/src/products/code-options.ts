import type { Localized } from '@hilo/kernel'
import type { ProductItem } from './item.ts'
import type { ExportedProduct } from './read-products.ts'
import { textCode, textMark } from './text-code.ts'

interface Named {
  readonly code: string
  readonly name: Localized
}

/** Without what people write differently and mean the same by. */
const plain = (text: string): string => text.normalize().trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** The one that has this name, in the language of the file before others, or this very code, or nearly this name. */
const findNamed = (there: readonly Named[], locale: string) => {
  const own = there.flatMap(({ code, name }) =>
    name[locale] === undefined ? [] : [{ code, text: name[locale] }],
  )
  const all = there.flatMap(({ code, name }) => Object.values(name).map((text) => ({ code, text })))
  // The first of each name counts: the last one that a map is given stays in it.
  const named = [...all.toReversed(), ...own.toReversed()]
  const exact = new Map(named.map(({ code, text }) => [text, code]))
  const near = new Map(named.map(({ code, text }) => [plain(text), code]))
  const known = new Set(there.map(({ code }) => code))
  return (text: string): string | undefined =>
    exact.get(text) ?? (known.has(text) ? text : near.get(plain(text)))
}

/**
 * The codes of some texts, of which no two get the same unless they say the same. What has the name of a text keeps its
 * code, and so does what has the code that a text makes and was given another name since; a text whose code another one
 * makes too gets one with its mark.
 */
export const codesOf = (
  texts: readonly string[],
  there: readonly Named[],
  locale: string,
): ReadonlyMap<string, string> => {
  const namedSo = findNamed(there, locale)
  const names = new Map(there.map(({ code, name }) => [code, Object.values(name)]))
  const codes = new Map<string, string>()
  for (const text of texts) {
    const code = namedSo(text)
    if (code !== undefined) codes.set(plain(text), code)
  }
  const taken = new Set(codes.values())
  for (const text of texts) {
    if (codes.has(plain(text))) continue
    const code = textCode(text)
    const isOthers = taken.has(code) || names.get(code)?.some((name) => textCode(name) === code)
    const own = isOthers ? `${code}-${textMark(plain(text))}` : code
    codes.set(plain(text), own)
    taken.add(own)
  }
  return new Map(texts.map((text) => [text, codes.get(plain(text))!]))
}

/** An item whose options and choices are texts, with the codes that the product has for them, or gets. */
export const codeOptions = (
  item: ProductItem,
  there: ExportedProduct | undefined,
  locale: string,
): ProductItem => {
  const { options } = item
  if (!options) return item
  const codes = codesOf(
    options.map(({ code }) => code),
    there?.options ?? [],
    locale,
  )
  const valueCodes = new Map(
    options.map(({ code, values }) => {
      const own = there?.options.find((option) => option.code === codes.get(code))
      const texts = values.map((value) => value.code)
      return [code, codesOf(texts, own?.values ?? [], locale)]
    }),
  )
  return {
    ...item,
    options: options.map((option) => {
      const values = option.values.map((value) => ({
        ...value,
        code: valueCodes.get(option.code)!.get(value.code)!,
      }))
      // The first of those that say the same.
      const different = new Map(values.toReversed().map((value) => [value.code, value]))
      return {
        ...option,
        code: codes.get(option.code)!,
        values: values.filter((value) => different.get(value.code) === value),
      }
    }),
    variants: item.variants?.map((variant) => ({
      ...variant,
      options:
        variant.options &&
        Object.fromEntries(
          Object.entries(variant.options).map(([option, value]) => [
            codes.get(option) ?? option,
            valueCodes.get(option)?.get(value) ?? value,
          ]),
        ),
    })),
  }
}
