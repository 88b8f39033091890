import { refreshAll } from '$app/navigation'
import { cookieName, type Locale } from '#lib/paraglide/runtime.js'
import { THEMES, type Theme } from './theme.ts'

const YEAR_S = 365 * 24 * 3600

const remember = (name: string, value: string): void => {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_S}; samesite=lax`
}

/** Shows the admin in this theme, now and next time. */
export const chooseTheme = (theme: Theme): void => {
  remember('hilo_theme', theme)
  document.documentElement.classList.remove(...THEMES)
  document.documentElement.classList.add(theme)
}

/** Speaks this language from now on; loads the page anew. */
export const chooseLocale = (locale: Locale): void => {
  remember(cookieName, locale)
  location.reload()
}

/** Tells the server the time zone of this device, so that both write times alike and agree on what is today. */
export const rememberTimeZone = (known: string): void => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  if (timeZone === known || document.cookie.includes(`hilo_time_zone=${encodeURIComponent(timeZone)}`)) return
  remember('hilo_time_zone', timeZone)
  void refreshAll()
}
