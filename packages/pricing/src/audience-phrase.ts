import type { Locale } from '@hilo/kernel'
import type { Audience } from './definition.ts'
import type { Noun } from './form-hint.ts'
import { inLocale, listIn, numberIn } from './phrasing.ts'
import { type Schedule, WEEKDAYS, type Weekday } from './schedule.ts'

/** Who an audience is, as people say it: "for Friends, on the first order, from watch". */
export const audiencePhrase = (
  audience: Audience,
  say: { readonly locale: Locale },
  nameOf: (noun: Noun, key: string) => string,
): string => {
  const { customerGroups = [], deviceKinds, firstOrder, loyaltyTiers = [], near, segments = [] } = audience
  const members = [
    ...customerGroups.map((code) => nameOf('customerGroup', code)),
    ...segments.map((code) => nameOf('segment', code)),
    ...loyaltyTiers.map((code) => nameOf('loyaltyTier', code)),
  ]
  const who = members.length > 0 ? listIn(members, say.locale) : signedIn(audience, say)
  const parts = [
    who && inLocale(say, { en: 'for ', es: 'para ' }) + who,
    firstOrder === true && inLocale(say, { en: 'on the first order', es: 'en el primer pedido' }),
    firstOrder === false && inLocale(say, { en: 'after the first order', es: 'desde el segundo pedido' }),
    deviceKinds && inLocale(say, { en: 'from ', es: 'desde ' }) + deviceKinds.join(', ').toLowerCase(),
    near && around(near.radiusMetres, say),
  ]
  return parts.filter(Boolean).join(' ')
}

const signedIn = ({ loggedIn }: Audience, say: { readonly locale: Locale }): string | undefined => {
  if (loggedIn === undefined) return undefined
  return inLocale(
    say,
    loggedIn ? { en: 'signed-in customers', es: 'clientes registrados' } : { en: 'guests', es: 'invitados' },
  )
}

const around = (metres: number, say: { readonly locale: Locale }): string => {
  const radius =
    metres < 1000 ? `${numberIn(metres, say.locale)} m` : `${numberIn(metres / 1000, say.locale)} km`
  return inLocale(say, { en: `within ${radius} of a place`, es: `a menos de ${radius} de un lugar` })
}

/** 5 January 1970 was a Monday. */
const dayIn = (day: Weekday, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(1970, 0, 5 + WEEKDAYS.indexOf(day)),
  )

/** Weekly hours as people say them: "Mon, Tue 17:00–19:00". */
export const schedulePhrase = ({ weekly }: Schedule, locale: Locale): string =>
  weekly
    .map(({ days, from, until }) => `${days.map((day) => dayIn(day, locale)).join(', ')} ${from}–${until}`)
    .join('; ')

/** A country by its name. */
export const countryIn = (code: string, locale: Locale): string =>
  new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
