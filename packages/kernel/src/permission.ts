/**
 * Everything a member of staff or an API key may be allowed to do. A field without one of these is denied to both. Who
 * may write a noun may read it.
 */
export const PERMISSIONS = [
  /** Drafts and what other channels sell, too. */
  'catalog:read',
  'catalog:write',
  /** Price lists and their rows; what things cost here and now is open to all. */
  'prices:read',
  'prices:write',
  'promotions:read',
  'promotions:write',
  /** Stock by location, and its ledger. */
  'stock:read',
  'stock:write',
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'devices:read',
  'devices:write',
  'events:read',
  'settings:write',
  /** Members of staff, roles, and who has which. */
  'staff:write',
  /** API keys. */
  'keys:write',
  'webhooks:write',
  /** Who changed what, when and from where. */
  'audit:read',
  /** For the bridge only: verify device credentials and act as a device. */
  'edge',
] as const

/** One thing that staff or an API key may do. */
export type Permission = (typeof PERMISSIONS)[number]

/** What a grant can narrow a permission to: things of some channels, or things at some locations. */
export type Dimension = 'channels' | 'locations'

/**
 * What narrows a permission. `shop`: nothing can, because what it opens belongs to every channel, so that only a grant
 * for the whole shop gives it. `none`: it reads what is the same for all, so that every grant gives all of it.
 */
export const narrowedBy = (permission: Permission): Dimension | 'shop' | 'none' => {
  switch (permission) {
    case 'prices:read':
    case 'prices:write':
    case 'promotions:read':
    case 'promotions:write':
    case 'customers:read':
    case 'customers:write':
    case 'orders:read':
    case 'orders:write':
    case 'devices:read':
    case 'devices:write':
    case 'edge':
      return 'channels'
    case 'stock:read':
    case 'stock:write':
      return 'locations'
    // Which events one hears, their own permissions say.
    case 'events:read':
    case 'catalog:read':
      return 'none'
    case 'catalog:write':
    case 'settings:write':
    case 'staff:write':
    case 'keys:write':
    case 'webhooks:write':
    case 'audit:read':
      return 'shop'
  }
}

/** The permissions that a set of them comes to: who may write a noun may read it. */
export const withImplied = (held: Iterable<Permission>): Permission[] => {
  const all = new Set<string>(held)
  return PERMISSIONS.filter(
    (permission) =>
      all.has(permission) ||
      (permission.endsWith(':read') && all.has(permission.replace(/:read$/, ':write'))),
  )
}
