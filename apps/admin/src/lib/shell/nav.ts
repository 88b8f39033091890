import House from '@lucide/svelte/icons/house'
import Package from '@lucide/svelte/icons/package'
import Receipt from '@lucide/svelte/icons/receipt-text'
import Tag from '@lucide/svelte/icons/tag'
import Smartphone from '@lucide/svelte/icons/radio-tower'
import type { Component } from 'svelte'
import { paths } from '#lib/shell/paths.ts'
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

/** The places of the admin, in the order of the menu. */
export const places = (): readonly Place[] => {
  const home = place(paths.home(), m.nav_home(), House)
  const homePath = home.href.replace(/\/$/, '')
  return [
    { ...home, isHere: (pathname) => pathname.replace(/\/$/, '') === homePath },
    place(paths.products(), m.nav_products(), Package),
    place(paths.promotions(), m.nav_promotions(), Tag),
    place(paths.orders(), m.nav_orders(), Receipt),
    place(paths.devices(), m.nav_devices(), Smartphone),
  ]
}
