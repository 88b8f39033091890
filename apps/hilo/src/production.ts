import type { Config } from './config.ts'
import { UserFacingError } from './user-facing-error.ts'

/** Passwords that stand in examples everywhere; the first thing that anybody tries. */
const KNOWN = new Set([
  'admin',
  'change-me',
  'change_me',
  'changeme',
  'demo',
  'example',
  'hilo',
  'pass',
  'password',
  'postgres',
  'root',
  'secret',
  'test',
])

const isKnown = (secret: string): boolean => KNOWN.has(secret.toLowerCase())

const databaseMistakes = ({ databaseUrl }: Config): readonly string[] => {
  if (!databaseUrl)
    return [
      'DATABASE_URL (or DATABASE_URL_FILE) is missing: in production the database is your own Postgres.',
    ]
  const { password, searchParams } = new URL(databaseUrl)
  // A client certificate is a secret too.
  if (!password && !searchParams.has('sslcert'))
    return ['DATABASE_URL has no password: in production the database must ask for one.']
  return isKnown(decodeURIComponent(password))
    ? ['DATABASE_URL has a password that everybody knows: give the database another one.']
    : []
}

const quotingMistakes = ({ roles, priceTokenKeys, secretKey }: Config): readonly string[] =>
  !roles.includes('api') || priceTokenKeys || secretKey
    ? []
    : [
        'HILO_SECRET_KEY (or HILO_PRICE_TOKEN_KEYS) is missing: quoted prices must be signed by a key of this shop. Make one with: openssl rand -base64 32',
      ]

const edgeMistakes = ({ roles, edgeKey }: Config): readonly string[] => {
  if (!roles.includes('edge') || roles.includes('api')) return []
  return edgeKey && (isKnown(edgeKey) || edgeKey.length < 20)
    ? ['HILO_EDGE_KEY is no key of this shop: make one with `hilo key create`.']
    : []
}

const serverMistakes = (config: Config): readonly string[] => [
  ...(config.host ? [] : ['HOST (--host) is missing: in production say on which address to listen.']),
  ...(config.demo ? ['HILO_DEMO is true: the demo shop has no place in production.'] : []),
  ...(config.roles.includes('api') || config.roles.includes('worker') ? databaseMistakes(config) : []),
  ...quotingMistakes(config),
  ...edgeMistakes(config),
]

const refuse = (mistakes: readonly string[]): void => {
  if (mistakes.length > 0) throw new UserFacingError(mistakes.join('\n'))
}

/** Throws, with every reason at once, when these settings must not serve a shop in production. */
export const refuseUnsafeServer = (config: Config): void => {
  if (config.isProduction) refuse(serverMistakes(config))
}

/** Throws when the database of these settings must not be one in production. */
export const refuseUnsafeDatabase = (config: Config): void => {
  if (config.isProduction) refuse(databaseMistakes(config))
}
