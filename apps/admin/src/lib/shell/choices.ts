import { m } from '#lib/paraglide/messages.js'
import type { Locale } from '#lib/paraglide/runtime.js'
import type { Theme } from './theme.ts'

/** Each language in its own words. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', es: 'Español' }

/** What the themes are called. */
export const themeNames = (): Readonly<Record<Theme, string>> => ({
  system: m.theme_system(),
  light: m.theme_light(),
  dark: m.theme_dark(),
})
