import type { IForbiddenRuleType } from 'dependency-cruiser'

/**
 * Who may import whom. A package may import what is listed for it and itself; what it may import grows from left to
 * right, so that no cycle can be written down.
 */
const SLICE = ['kernel', 'db', 'graphql']
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/kernel': [],
  'packages/db': ['kernel'],
  'packages/graphql': ['kernel', 'db'],
  'packages/pricing': ['kernel'],
  'packages/client': ['kernel'],
  'packages/access': SLICE,
  'packages/channels': SLICE,
  'packages/customers': [...SLICE, 'access', 'channels'],
  'packages/catalog': [...SLICE, 'access', 'channels', 'customers'],
  'packages/prices': [...SLICE, 'pricing', 'access', 'channels', 'customers', 'catalog'],
  'packages/inventory': [...SLICE, 'access', 'channels', 'customers', 'catalog'],
  'packages/promotions': [
    ...SLICE,
    'pricing',
    'access',
    'channels',
    'customers',
    'catalog',
    'prices',
    'inventory',
  ],
  'packages/carts': [
    ...SLICE,
    'pricing',
    'access',
    'channels',
    'customers',
    'catalog',
    'prices',
    'inventory',
    'promotions',
  ],
  'packages/orders': [
    ...SLICE,
    'pricing',
    'access',
    'channels',
    'customers',
    'catalog',
    'prices',
    'inventory',
    'promotions',
    'carts',
  ],
  'packages/devices': [
    ...SLICE,
    'pricing',
    'access',
    'channels',
    'customers',
    'catalog',
    'prices',
    'inventory',
    'promotions',
    'carts',
    'orders',
  ],
  'edge/protocol': ['kernel'],
  'edge/store': [],
  'edge/broker': ['kernel', 'client', 'protocol', 'store'],
  'edge/bridge': ['kernel', 'client', 'protocol', 'store', 'broker'],
  'edge/simulator': ['kernel', 'client', 'protocol', 'store', 'broker', 'bridge'],
  'apps/admin': ['kernel', 'client', 'pricing'],
  'apps/api': [
    ...SLICE,
    'access',
    'channels',
    'customers',
    'catalog',
    'prices',
    'inventory',
    'promotions',
    'carts',
    'orders',
    'devices',
  ],
}

const notOneOf = (folder: string, names: readonly string[]): string => {
  const allowed = [folder, ...names.map((name) => `[^/]+/${name}`)]
  return `^(?!(?:${allowed.join('|')})/)(?:packages|edge|apps)/`
}

/** The rules for dependency-cruiser: a package outside the table may import nothing of ours but `apps/hilo`, the root. */
export const RULES: IForbiddenRuleType[] = [
  ...Object.entries(MAY_IMPORT).map(([folder, names]) => ({
    name: `${folder} imports only to the left`,
    severity: 'error' as const,
    from: { path: `^${folder}/` },
    to: { path: notOneOf(folder, names) },
  })),
  {
    name: 'every package stands in the table',
    severity: 'error',
    from: { path: `^(?!(?:${[...Object.keys(MAY_IMPORT), 'apps/hilo'].join('|')})/)(?:packages|edge|apps)/` },
    to: {},
  },
  {
    name: 'no cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'pure packages use no module of Node',
    severity: 'error',
    from: { path: '^(packages/(kernel|pricing)|edge/protocol)/', pathNot: '[.]test[.]ts$' },
    to: { dependencyTypes: ['core'] },
  },
]
