import type { IForbiddenRuleType } from 'dependency-cruiser'

/** The slices from left to right: each may import those before it, so that no cycle can be written down. */
const SLICES = [
  'access',
  'channels',
  'customers',
  'assets',
  'catalog',
  'prices',
  'inventory',
  'promotions',
  'carts',
  'orders',
  'devices',
] as const

/** Slices that only read the event log: nobody stands on them. */
const LEAVES = ['audit', 'bulk', 'search', 'webhooks'] as const

/** What every slice stands on. */
const GROUND = ['kernel', 'telemetry', 'db', 'graphql', 'pricing']

/** Who may import whom, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/kernel': [],
  'packages/pricing': ['kernel'],
  'packages/telemetry': [],
  'packages/client': ['kernel'],
  'packages/db': ['kernel', 'telemetry'],
  'packages/graphql': ['kernel', 'telemetry', 'db'],
  ...Object.fromEntries(
    SLICES.map((slice, index) => [`packages/${slice}`, [...GROUND, ...SLICES.slice(0, index)]]),
  ),
  ...Object.fromEntries(LEAVES.map((leaf) => [`packages/${leaf}`, [...GROUND, ...SLICES]])),
  'edge/protocol': ['kernel'],
  'edge/store': [],
  'edge/adapters': ['protocol'],
  'edge/broker': ['kernel', 'telemetry', 'client', 'protocol', 'store'],
  'edge/bridge': ['kernel', 'telemetry', 'client', 'protocol', 'store', 'broker'],
  'edge/simulator': ['kernel', 'client', 'protocol', 'store', 'broker', 'bridge'],
  'apps/admin': ['kernel', 'client', 'pricing'],
  'examples/storefront': ['client'],
  'apps/api': [...GROUND, ...SLICES, ...LEAVES],
}

const notOneOf = (folder: string, names: readonly string[]): string => {
  const allowed = [folder, ...names.map((name) => `[^/]+/${name}`)]
  return `^(?!(?:${allowed.join('|')})/)(?:packages|edge|apps|examples)/`
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
    from: {
      path: `^(?!(?:${[...Object.keys(MAY_IMPORT), 'apps/hilo'].join('|')})/)(?:packages|edge|apps|examples)/`,
    },
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
