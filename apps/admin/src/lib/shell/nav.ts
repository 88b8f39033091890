import Settings from '@lucide/svelte/icons/settings'
import House from '@lucide/svelte/icons/house'
import Package from '@lucide/svelte/icons/package'
import Coins from '@lucide/svelte/icons/coins'
import Receipt from '@lucide/svelte/icons/receipt-text'
import Tag from '@lucide/svelte/icons/tag'
import Smartphone from '@lucide/svelte/icons/radio-tower'
import type { Permission } from '@hilo/kernel'
import type { Component } from 'svelte'
import { paths } from '#lib/shell/paths.ts'
import type { May } from './desk.svelte.ts'
import { m } from '#lib/paraglide/messages.js'

interface Place {
  readonly href: string
  readonly label: string
  readonly icon: Component<{ size?: number; class?: string }>
  /** True on this page and on those below it. */
  readonly isHere: (pathname: string) => boolean
}

const place = (href: string, label: string, icon: unknown): Place => ({
  href,
  label,
  icon: icon as Place['icon'],
  isHere: (pathname) => pathname === href || pathname.startsWith(`${href}/`),
})

/** The settings that somebody with these rights may see; everybody has their own profile. */
export const settingsPlaces = (may: May): readonly { href: string; label: string }[] => {
  const all: readonly (readonly [permission: Permission | null, href: string, label: string])[] = [
    ['staff:write', paths.team(), m.settings_team()],
    ['staff:write', paths.roles(), m.settings_roles()],
    ['keys:write', paths.keys(), m.settings_keys()],
    ['webhooks:write', paths.webhooks(), m.settings_webhooks()],
    ['settings:write', paths.markets(), m.settings_markets()],
    ['audit:read', paths.audit(), m.settings_audit()],
    [null, paths.profile(), m.settings_profile()],
  ]
  return all
    .filter(([permission]) => permission === null || may(permission))
    .map(([, href, label]) => ({ href, label }))
}

/** The pages of the catalogue that somebody with these rights may see; products come first. */
export const catalogPlaces = (may: May): readonly { href: string; label: string }[] =>
  may('catalog:read')
    ? [
        { href: paths.products(), label: m.nav_products() },
        { href: paths.categories(), label: m.categories_title() },
        { href: paths.collections(), label: m.collections_title() },
        { href: paths.productTypes(), label: m.product_types_title() },
        { href: paths.attributes(), label: m.attributes_title() },
        { href: paths.media(), label: m.media_title() },
        { href: paths.translations(), label: m.translations_title() },
        { href: paths.searchWords(), label: m.search_words_title() },
        { href: paths.imports(), label: m.imports_title() },
      ]
    : []

/** Products, or any other page of the catalogue. */
const catalog = (may: May): Place => ({
  ...place(paths.products(), m.nav_products(), Package),
  isHere: (pathname) =>
    catalogPlaces(may).some(({ href }) => pathname === href || pathname.startsWith(`${href}/`)),
})

/** The pages about prices that somebody with these rights may see. */
export const pricePlaces = (may: May): readonly { href: string; label: string }[] => [
  ...(may('prices:read') ? [{ href: paths.priceLists(), label: m.price_lists_title() }] : []),
  ...(may('customers:read') ? [{ href: paths.segments(), label: m.segments_title() }] : []),
  ...(may('prices:read') && may('promotions:read')
    ? [
        { href: paths.parity(), label: m.parity_title() },
        { href: paths.viewAs(), label: m.view_title() },
      ]
    : []),
]

/** The places of the admin for somebody with these rights, in the order of the menu. */
export const places = (may: May): readonly Place[] => {
  const home = place(paths.home(), m.nav_home(), House)
  const homePath = home.href.replace(/\/$/, '')
  return [
    { ...home, isHere: (pathname) => pathname.replace(/\/$/, '') === homePath },
    ...(may('catalog:read') ? [catalog(may)] : []),
    ...(may('prices:read') ? [place(paths.prices(), m.nav_prices(), Coins)] : []),
    ...(may('promotions:read') ? [place(paths.promotions(), m.nav_promotions(), Tag)] : []),
    ...(may('orders:read') ? [place(paths.orders(), m.nav_orders(), Receipt)] : []),
    ...(may('devices:read') ? [place(paths.devices(), m.nav_devices(), Smartphone)] : []),
    place(paths.settings(), m.nav_settings(), Settings),
  ]
}
