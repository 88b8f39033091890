import { goto } from '$app/navigation'
import { m } from '#lib/paraglide/messages.js'
import { locales } from '#lib/paraglide/runtime.js'
import { LOCALE_NAMES, themeNames } from './choices.ts'
import type { May } from './desk.svelte.ts'
import { catalogPlaces, places, pricePlaces, settingsPlaces } from './nav.ts'
import { paths } from './paths.ts'
import { chooseLocale, chooseTheme } from './preferences.ts'
import { THEMES } from './theme.ts'

/** Something that the palette can do. */
export interface PaletteCommand {
  readonly label: string
  readonly group: string
  readonly run: () => void
}

/** Everything to go to and to do, for somebody with these rights. */
export const paletteCommands = (may: May): PaletteCommand[] => {
  const to = (href: string) => () => void goto(href)
  return [
    ...[...places(may), ...catalogPlaces(may).slice(1), ...pricePlaces(may), ...settingsPlaces(may)].map(
      ({ href, label }) => ({
        label,
        group: m.palette_pages(),
        run: to(href),
      }),
    ),
    ...[
      ...(may('catalog:write') ? [{ label: m.product_new(), run: to(paths.newProduct()) }] : []),
      ...(may('catalog:write') ? [{ label: m.attribute_new(), run: to(paths.newAttribute()) }] : []),
      ...(may('promotions:write') ? [{ label: m.promotion_new(), run: to(paths.newPromotion()) }] : []),
      ...THEMES.map((theme) => ({
        label: m.palette_theme({ theme: themeNames()[theme] }),
        run: () => chooseTheme(theme),
      })),
      ...locales.map((locale) => ({
        label: m.palette_language({ language: LOCALE_NAMES[locale] }),
        run: () => chooseLocale(locale),
      })),
    ].map((command) => ({ ...command, group: m.palette_actions() })),
  ]
}
