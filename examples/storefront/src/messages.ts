import { en } from './en.ts'
import { es } from './es.ts'
import { remembered } from './remembered.ts'

const choice = remembered('hilo-locale')

/** The language of the page: chosen, else the browser's. */
export const locale: 'en' | 'es' = (choice.get() ?? navigator.language).startsWith('es') ? 'es' : 'en'
document.documentElement.lang = locale

/** Changes the language: the page is loaded anew, because the shop's texts change too. */
export const choose = (next: 'en' | 'es'): void => {
  choice.set(next)
  location.reload()
}

/** The name of a country in the language of the page. */
export const countryName = (code: string): string =>
  new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code

/** A sentence in the language of the page. */
export const t = (key: keyof typeof en, facts: Readonly<Record<string, unknown>> = {}): string =>
  ({ en, es })[locale][key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name]))
