import Settings from '@lucide/svelte/icons/settings'
import House from '@lucide/svelte/icons/house'
import Package from '@lucide/svelte/icons/package'
import Receipt from '@lucide/svelte/icons/receipt-text'
import Tag from '@lucide/svelte/icons/tag'
import Smartphone from '@lucide/svelte/icons/radio-tower'
import type { Component } from 'svelte'
import { paths } from '#lib/shell/paths.ts'
import type { Desk } from './desk.svelte.ts'
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

/** The settings that somebody with these rights may see. */
export const settingsPlaces = (may: Desk['may']): readonly { href: string; label: string }[] => [
  ...(may('webhooks:write') ? [{ href: paths.webhooks(), label: m.settings_webhooks() }] : []),
  ...(may('audit:read') ? [{ href: paths.audit(), label: m.settings_audit() }] : []),
]

/** The places of the admin for somebody with these rights, in the order of the menu. */
export const places = (may: Desk['may']): readonly Place[] => {
  const home = place(paths.home(), m.nav_home(), House)
  const homePath = home.href.replace(/\/$/, '')
  return [
    { ...home, isHere: (pathname) => pathname.replace(/\/$/, '') === homePath },
    place(paths.products(), m.nav_products(), Package),
    place(paths.promotions(), m.nav_promotions(), Tag),
    place(paths.orders(), m.nav_orders(), Receipt),
    place(paths.devices(), m.nav_devices(), Smartphone),
    ...(settingsPlaces(may).length > 0 ? [place(paths.settings(), m.nav_settings(), Settings)] : []),
  ]
}
