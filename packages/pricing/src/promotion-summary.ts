import type { ChannelKind, Locale, Localized } from '@hilo/kernel'
import { localize } from '@hilo/kernel'
import { conditionKindOf } from './conditions.ts'
import type { Noun } from './form-hint.ts'
import { audiencePhrase, countryIn, schedulePhrase } from './audience-phrase.ts'
import type { AmountsByCurrency, PromotionDefinition } from './definition.ts'
import { effectKindOf } from './effects.ts'
import type { AttributePredicate, ItemPredicate } from './item-predicate.ts'
import { inLocale, listIn, moneyIn, numberIn, percentIn, type Phrasing } from './phrasing.ts'

/** The name of what a definition refers to by id, code or slug; `undefined` leaves the key itself. */
export type NameLookup = (kind: Noun, key: string) => Localized | undefined

const CHANNEL_PHRASES: Readonly<Record<ChannelKind, Readonly<Record<Locale, string>>>> = {
  WEB: { en: 'on the web', es: 'en la web' },
  MOBILE_APP: { en: 'in the app', es: 'en la aplicación' },
  STORE: { en: 'in stores', es: 'en tiendas' },
  SOCIAL: { en: 'in social networks', es: 'en redes sociales' },
  MARKETPLACE: { en: 'on marketplaces', es: 'en marketplaces' },
  CHAT: { en: 'in chat', es: 'en el chat' },
  VOICE: { en: 'by voice', es: 'por voz' },
  DEVICE: { en: 'on devices', es: 'en dispositivos' },
  VEHICLE: { en: 'in vehicles', es: 'en vehículos' },
}

const START_PHRASES = {
  COUPON: { en: 'with a code', es: 'con código' },
  OFFER: { en: 'by an offer', es: 'por una oferta' },
} as const

/** A definition as people say it: "10 % off coffee on devices", "10 % de descuento en café en dispositivos". */
export const promotionSummary = (
  definition: PromotionDefinition,
  names: NameLookup,
  locale: Locale,
): string => {
  const say = phrasing(definition, names, locale)
  const { audience, channels, conditions = [], countries, effect, markets, schedule, trigger } = definition
  const inside = inLocale(say, { en: 'in ', es: 'en ' })
  const name = (kind: Parameters<NameLookup>[0]) => (key: string) => nameOf(names, kind, key, locale)
  const parts = [
    effectKindOf(effect).phrase(effect, say),
    ...conditions.map((condition) => conditionKindOf(condition).phrase(condition, say)),
    listIn(
      [
        ...(channels?.kinds ?? []).map((kind) => CHANNEL_PHRASES[kind][locale]),
        ...(channels?.codes ?? []).map((code) => inside + name('channel')(code)),
      ],
      locale,
    ),
    markets && inside + listIn(markets.map(name('market')), locale),
    countries &&
      inside +
        listIn(
          countries.map((code) => countryIn(code, locale)),
          locale,
        ),
    audience && audiencePhrase(audience, say, (noun, key) => name(noun)(key)),
    schedule && schedulePhrase(schedule, locale),
    trigger !== 'AUTOMATIC' && inLocale(say, START_PHRASES[trigger]),
  ]
  return parts.filter(Boolean).join(' ')
}

const phrasing = (definition: PromotionDefinition, names: NameLookup, locale: Locale): Phrasing => {
  const items = (predicate: ItemPredicate): string => itemsPhrase(predicate, names, { locale, amounts })
  const amounts = (all: AmountsByCurrency): string =>
    Object.entries(all)
      .map(([currency, amountMinor]) => moneyIn({ amountMinor, currency }, locale))
      .join(' / ')
  return {
    locale,
    percent: (ratePpm) => percentIn(ratePpm, locale),
    money: (fact) => moneyIn(fact, locale),
    amounts,
    number: (value) => numberIn(value, locale),
    names: (noun, keys) =>
      listIn(
        keys.map((key) => nameOf(names, noun, key, locale)),
        locale,
        'disjunction',
      ),
    items,
    eligible: definition.items && items(definition.items),
  }
}

const nameOf = (names: NameLookup, kind: Parameters<NameLookup>[0], key: string, locale: Locale): string => {
  const name = names(kind, key)
  return (name && localize(name, { locale })) || key
}

const itemsPhrase = (
  predicate: ItemPredicate,
  names: NameLookup,
  say: Pick<Phrasing, 'locale' | 'amounts'>,
): string => {
  const inner = (branch: ItemPredicate) => itemsPhrase(branch, names, say)
  if ('all' in predicate) return predicate.all.map(inner).join(' ')
  if ('any' in predicate) return listIn(predicate.any.map(inner), say.locale, 'disjunction')
  if ('not' in predicate) {
    return inLocale(say, { en: 'everything but ', es: 'todo menos ' }) + inner(predicate.not)
  }
  if ('priceAtLeast' in predicate)
    return inLocale(say, { en: 'from ', es: 'desde ' }) + say.amounts(predicate.priceAtLeast)
  if ('priceAtMost' in predicate)
    return inLocale(say, { en: 'up to ', es: 'hasta ' }) + say.amounts(predicate.priceAtMost)
  if ('attribute' in predicate) return attributePhrase(predicate.attribute, say.locale)
  const [entry] = Object.entries(predicate) as [[Noun, readonly string[]]]
  const [kind, keys] = entry
  const shown = keys.slice(0, 3).map((key) => nameOf(names, kind, key, say.locale))
  const more = keys.length - shown.length
  const isNoun = kind === 'category' || kind === 'collection'
  const lower = isNoun ? shown.map((text) => text.toLocaleLowerCase(say.locale)) : shown
  const others = inLocale(say, { en: `${more} more`, es: `${more} más` })
  return listIn(more > 0 ? [...lower, others] : lower, say.locale)
}

const attributePhrase = (
  { atLeast, atMost, code, in: values }: AttributePredicate,
  locale: Locale,
): string => {
  const parts = [
    values && listIn(values.map(String), locale, 'disjunction'),
    atLeast !== undefined && `≥ ${numberIn(atLeast, locale)}`,
    atMost !== undefined && `≤ ${numberIn(atMost, locale)}`,
  ].filter(Boolean)
  return parts.length > 0 ? `${code} ${parts.join(' ')}` : code
}
