import { resolve } from '$app/paths'

/** Where the pages are. */
export const paths = {
  home: () => resolve('/(app)'),
  signIn: () => resolve('/sign-in'),
  signOut: () => resolve('/sign-out'),
  products: () => resolve('/(app)/products'),
  product: (id: string) => resolve('/(app)/products/[id]', { id }),
  newProduct: () => resolve('/(app)/products/new'),
  promotions: () => resolve('/(app)/promotions'),
  promotion: (id: string) => resolve('/(app)/promotions/[id]', { id }),
  newPromotion: () => resolve('/(app)/promotions/new'),
  orders: () => resolve('/(app)/orders'),
  order: (id: string) => resolve('/(app)/orders/[id]', { id }),
  devices: () => resolve('/(app)/devices'),
  device: (id: string) => resolve('/(app)/devices/[id]', { id }),
  settings: () => resolve('/(app)/settings'),
  team: () => resolve('/(app)/settings/team'),
  member: (id: string) => resolve('/(app)/settings/team/[id]', { id }),
  roles: () => resolve('/(app)/settings/roles'),
  keys: () => resolve('/(app)/settings/keys'),
  key: (id: string) => resolve('/(app)/settings/keys/[id]', { id }),
  profile: () => resolve('/(app)/settings/profile'),
  webhooks: () => resolve('/(app)/settings/webhooks'),
  webhook: (id: string) => resolve('/(app)/settings/webhooks/[id]', { id }),
  audit: () => resolve('/(app)/settings/audit'),
}
