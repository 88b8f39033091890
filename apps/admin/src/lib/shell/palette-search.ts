import { graphql } from '#lib/api/graphql.ts'
import { request } from '#lib/api/request.ts'
import { formatMoney } from '#lib/format/money.ts'
import { m } from '#lib/paraglide/messages.js'
import type { May } from './desk.svelte.ts'
import { paths } from './paths.ts'

const PaletteSearch = graphql(`
  query PaletteSearch($text: String!, $catalog: Boolean!, $orders: Boolean!, $devices: Boolean!) {
    products(first: 6, where: { search: $text }) @include(if: $catalog) {
      nodes {
        id
        name
        slug
      }
    }
    orders(first: 3, where: { number: $text }) @include(if: $orders) {
      nodes {
        id
        number
        total {
          amountMinor
          currency
        }
      }
    }
    devices(first: 4, search: $text) @include(if: $devices) {
      nodes {
        id
        name
        type {
          name
        }
      }
    }
  }
`)

/** Something found, and where it is. */
export interface Found {
  readonly href: string
  readonly label: string
  readonly note: string
  readonly group: string
}

/** Products, orders and devices that a text matches, as far as somebody with these rights may see them. */
export const findAnything = async (text: string, may: May): Promise<readonly Found[]> => {
  const { products, orders, devices } = await request(fetch, PaletteSearch, {
    text,
    catalog: may('catalog:read'),
    orders: may('orders:read'),
    devices: may('devices:read'),
  })
  return [
    ...(orders?.nodes ?? []).map(({ id, number, total }) => ({
      href: paths.order(id),
      label: m.order_title({ number }),
      note: formatMoney(total),
      group: m.nav_orders(),
    })),
    ...(products?.nodes ?? []).map(({ id, name, slug }) => ({
      href: paths.product(id),
      label: name,
      note: slug,
      group: m.nav_products(),
    })),
    ...(devices?.nodes ?? []).map(({ id, name, type }) => ({
      href: paths.device(id),
      label: name,
      note: type.name,
      group: m.nav_devices(),
    })),
  ]
}
