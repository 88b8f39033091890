import type { ChannelKind, Locale, Localized } from '@hilo/kernel'
import { localize } from '@hilo/kernel'
import { conditionKindOf } from './conditions.ts'
import type { AmountsByCurrency, Audience, PromotionDefinition } from './definition.ts'
import { effectKindOf } from './effects.ts'
import type { ItemPredicate } from './item-predicate.ts'
import { inLocale, moneyIn, percentIn, type Phrasing } from './phrasing.ts'

/** The name of what a definition refers to by id, code or slug; `undefined` leaves the key itself. */
export type NameLookup = (
  kind: 'product' | 'variant' | 'sku' | 'category' | 'channel' | 'market' | 'customerGroup',
  key: string,
) => Localized | undefined

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

/** A definition as people say it: "10 % off coffee on devices", "10 % de descuento en café en dispositivos". */
export const promotionSummary = (
  definition: PromotionDefinition,
  names: NameLookup,
  locale: Locale,
): string => {
  const say = phrasing(definition, names, locale)
  const { audience, channels, conditions = [], effect, markets, trigger } = definition
  const name = (kind: Parameters<NameLookup>[0]) => (key: string) => nameOf(names, kind, key, locale)
  const parts = [
    effectKindOf(effect).phrase(effect, say),
    ...conditions.map((condition) => conditionKindOf(condition).phrase(condition, say)),
    list(
      [
        ...(channels?.kinds ?? []).map((kind) => CHANNEL_PHRASES[kind][locale]),
        ...(channels?.codes ?? []).map(
          (code) => inLocale(say, { en: 'in ', es: 'en ' }) + name('channel')(code),
        ),
      ],
      say,
    ),
    markets && inLocale(say, { en: 'in ', es: 'en ' }) + list(markets.map(name('market')), say),
    audience && audiencePhrase(audience, say, name('customerGroup')),
    trigger === 'COUPON' ? inLocale(say, { en: 'with a code', es: 'con código' }) : undefined,
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
    items,
    eligible: definition.items && items(definition.items),
  }
}

const nameOf = (names: NameLookup, kind: Parameters<NameLookup>[0], key: string, locale: Locale): string => {
  const name = names(kind, key)
  return (name && localize(name, { locale })) || key
}

const list = (
  parts: readonly string[],
  say: Pick<Phrasing, 'locale'>,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(say.locale, { type }).format(parts)

const itemsPhrase = (
  predicate: ItemPredicate,
  names: NameLookup,
  say: Pick<Phrasing, 'locale' | 'amounts'>,
): string => {
  const inner = (branch: ItemPredicate) => itemsPhrase(branch, names, say)
  if ('all' in predicate) return predicate.all.map(inner).join(' ')
  if ('any' in predicate) return list(predicate.any.map(inner), say, 'disjunction')
  if ('not' in predicate) {
    return inLocale(say, { en: 'everything but ', es: 'todo menos ' }) + inner(predicate.not)
  }
  if ('priceAtLeast' in predicate)
    return inLocale(say, { en: 'from ', es: 'desde ' }) + say.amounts(predicate.priceAtLeast)
  if ('priceAtMost' in predicate)
    return inLocale(say, { en: 'up to ', es: 'hasta ' }) + say.amounts(predicate.priceAtMost)
  const [entry] = Object.entries(predicate) as [
    ['product' | 'variant' | 'sku' | 'category', readonly string[]],
  ]
  const [kind, keys] = entry
  const shown = keys.slice(0, 3).map((key) => nameOf(names, kind, key, say.locale))
  const more = keys.length - shown.length
  const lower = kind === 'category' ? shown.map((text) => text.toLocaleLowerCase(say.locale)) : shown
  return list(more > 0 ? [...lower, inLocale(say, { en: `${more} more`, es: `${more} más` })] : lower, say)
}

const audiencePhrase = (audience: Audience, say: Phrasing, group: (code: string) => string): string => {
  const { customerGroups, deviceKinds, loggedIn } = audience
  const who = customerGroups
    ? list(customerGroups.map(group), say)
    : loggedIn === true
      ? inLocale(say, { en: 'signed-in customers', es: 'clientes registrados' })
      : loggedIn === false
        ? inLocale(say, { en: 'guests', es: 'invitados' })
        : undefined
  const parts = [
    who && inLocale(say, { en: 'for ', es: 'para ' }) + who,
    deviceKinds && inLocale(say, { en: 'from ', es: 'desde ' }) + deviceKinds.join(', ').toLowerCase(),
  ]
  return parts.filter(Boolean).join(' ')
}
