import { getLocale } from '#lib/paraglide/runtime.js'
import { m } from '#lib/paraglide/messages.js'

const NOUNS: Readonly<Record<string, () => string>> = {
  catalog: m.noun_catalog,
  prices: m.noun_prices,
  promotions: m.noun_promotions,
  stock: m.noun_stock,
  customers: m.noun_customers,
  orders: m.noun_orders,
  devices: m.noun_devices,
  events: m.noun_events,
  settings: m.noun_settings,
  staff: m.noun_staff,
  keys: m.noun_keys,
  webhooks: m.noun_webhooks,
  audit: m.noun_audit,
}

const GROUPS: readonly (readonly [legend: () => string, nouns: readonly string[]])[] = [
  [m.permissions_goods, ['catalog', 'prices', 'promotions', 'stock']],
  [m.permissions_sales, ['customers', 'orders', 'devices']],
  [m.permissions_shop, ['settings', 'staff', 'keys', 'webhooks', 'audit']],
  [m.permissions_programs, []],
]

const nounOf = (permission: string): string => permission.replace(/:\w+$/, '')

const isWrite = (permission: string): boolean => permission.endsWith(':write')

const say = (permission: string, noun: string): string =>
  isWrite(permission) ? m.permission_write({ noun }) : m.permission_read({ noun })

/** What a permission allows, in words; one that this page does not know yet as the API calls it. */
export const permissionName = (permission: string): string => {
  if (permission === 'edge') return m.permission_edge()
  const noun = NOUNS[nounOf(permission)]?.()
  return noun ? say(permission, noun) : permission
}

/** A permission to choose. */
export interface PermissionOption {
  readonly value: string
  readonly label: string
}

/** All permissions by what they are about; new ones stand in the last group. */
export const permissionGroups = (
  all: readonly string[],
): { readonly legend: string; readonly options: PermissionOption[] }[] => {
  const grouped = new Set(GROUPS.flatMap(([, nouns]) => nouns))
  return GROUPS.map(([legend, nouns], index) => {
    const isLast = index === GROUPS.length - 1
    const own = all.filter((permission) => {
      const noun = nounOf(permission)
      return nouns.includes(noun) || (isLast && !grouped.has(noun))
    })
    return { legend: legend(), options: own.map((value) => ({ value, label: permissionName(value) })) }
  })
}

/** True when a permission comes with another that is held: who may change a noun may see it. */
export const isImplied = (permission: string, held: readonly string[]): boolean =>
  permission.endsWith(':read') && held.includes(`${nounOf(permission)}:write`)

/** What permissions come to, in words: `Change orders and devices · See stock`. */
export const permissionsText = (held: readonly string[]): string => {
  const shown = held.filter((permission) => !isImplied(permission, held))
  const list = new Intl.ListFormat(getLocale(), { type: 'conjunction' })
  const known = shown.filter((permission) => NOUNS[nounOf(permission)])
  const together = [known.filter(isWrite), known.filter((permission) => !isWrite(permission))]
    .filter((some) => some.length > 0)
    .map((some) => say(some[0]!, list.format(some.map((permission) => NOUNS[nounOf(permission)]!()))))
  const others = shown.filter((permission) => !known.includes(permission)).map(permissionName)
  return [...together, ...others].join(' · ')
}
