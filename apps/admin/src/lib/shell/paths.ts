import { resolve } from '$app/paths'

/** Where the pages are. */
export const paths = {
  home: () => resolve('/(app)'),
  signIn: () => resolve('/sign-in'),
  signOut: () => resolve('/sign-out'),
  products: () => resolve('/(app)/products'),
  promotions: () => resolve('/(app)/promotions'),
  orders: () => resolve('/(app)/orders'),
  devices: () => resolve('/(app)/devices'),
}
