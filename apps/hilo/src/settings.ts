import { resolve } from 'node:path'
import { trustedNetworks } from '@hilo/api/client-address'
import { readLimits } from '@hilo/api/limits'
import { readAddressPolicy } from '@hilo/webhooks/address-policy'
import { readSecretKey } from '@hilo/webhooks/seal'
import { z } from 'zod'

/** What a process can do; without `--role` it does everything. */
export const ROLES = ['api', 'worker', 'edge', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Who reads a setting: roles of `hilo start`, and commands that open the database. */
export type Reader = Role | 'commands'

/** One setting: the environment variable, and a flag of the same meaning that wins over it. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly env: string
  /** Without it the flag is the key in kebab case. */
  readonly flag?: string
  readonly schema: Schema
  readonly about: string
  /** The default in words. */
  readonly otherwise: string
  /** Who reads it. */
  readonly readBy: readonly Reader[]
  /** A secret can also come from a file: the variable with `_FILE` names it. */
  readonly secret?: true
}

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))

const roles = list
  .pipe(z.array(z.enum(ROLES)).min(1))
  .transform((names) => ROLES.filter((role) => names.includes(role)))

const networks = list.refine(
  (names) => {
    try {
      return trustedNetworks(names) !== undefined
    } catch {
      return false
    }
  },
  { message: 'not a list of networks such as 10.0.0.0/8,::1' },
)

const secretKey = z.string().transform((text, context) => {
  const key = readSecretKey(text)
  if (!key) context.addIssue('not 32 bytes in base64; make one with: openssl rand -base64 32')
  return key ?? z.NEVER
})

const secretKeys = list.pipe(z.array(secretKey).min(1).max(10))

const limits = z.string().transform((text, context) => {
  try {
    return readLimits(text)
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : 'not a list of limits')
    return z.NEVER
  }
})

const addressPolicy = z.string().transform((text, context) => {
  try {
    return readAddressPolicy(text)
  } catch {
    context.addIssue('neither true nor a list of networks such as 10.0.0.0/8')
    return z.NEVER
  }
})

const SERVERS = ['api', 'worker', 'edge', 'admin'] as const
const DATABASE = ['api', 'worker', 'commands'] as const

/** Every setting there is. `docs/settings.md` is made from it. */
export const SETTINGS = {
  roles: {
    env: 'HILO_ROLES',
    flag: 'role',
    schema: roles.optional().transform((given) => given ?? [...ROLES]),
    about: 'What this process does, by comma: api, worker, edge, admin',
    otherwise: 'all of them',
    readBy: SERVERS,
  },
  env: {
    env: 'HILO_ENV',
    schema: z.enum(['development', 'production']).optional(),
    about:
      'In production nothing is taken for granted: no demo shop, no embedded database, no default address, no known secret',
    otherwise: 'development; production when NODE_ENV is production',
    readBy: [...SERVERS, 'commands'],
  },
  port: {
    env: 'PORT',
    schema: port.default(4000),
    about: 'HTTP port; 0 takes a free one',
    otherwise: '4000',
    readBy: SERVERS,
  },
  mqttPort: {
    env: 'MQTT_PORT',
    schema: port.default(1883),
    about: 'MQTT port; 0 takes a free one',
    otherwise: '1883',
    readBy: ['edge'],
  },
  mqttsPort: {
    env: 'HILO_MQTTS_PORT',
    schema: port.optional(),
    about: 'MQTT port over TLS; 0 takes a free one',
    otherwise: 'the built-in broker speaks no TLS',
    readBy: ['edge'],
  },
  tlsCertFile: {
    env: 'HILO_TLS_CERT_FILE',
    schema: z.string().min(1).optional(),
    about: 'The certificate of the MQTT port over TLS with its chain, PEM; taken anew when it changes',
    otherwise: 'none',
    readBy: ['edge'],
  },
  tlsKeyFile: {
    env: 'HILO_TLS_KEY_FILE',
    schema: z.string().min(1).optional(),
    about: 'The private key of that certificate, PEM; taken anew when it changes',
    otherwise: 'none',
    readBy: ['edge'],
  },
  host: {
    env: 'HOST',
    schema: z.string().min(1).optional(),
    about: 'Address to listen on; 0.0.0.0 for all',
    otherwise: '127.0.0.1; must be said in production',
    readBy: SERVERS,
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    schema: z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/ }).optional(),
    about: 'An external Postgres 16 or newer; without it an embedded one is started',
    otherwise: 'an embedded Postgres; must be said in production',
    readBy: DATABASE,
    secret: true,
  },
  apiUrl: {
    env: 'API_URL',
    schema: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional(),
    about: 'Where the API is, such as http://api:4000, for an edge or admin in another process',
    otherwise: 'the API of the same process',
    readBy: ['edge', 'admin'],
  },
  mqttAttach: {
    env: 'HILO_MQTT_ATTACH',
    schema: z.url({ protocol: /^(mqtts?|wss?)$/, hostname: /.*/ }).optional(),
    about: 'A broker to join, with the user name in front of the host: mqtts://hilo@broker.example',
    otherwise: 'the built-in broker runs',
    readBy: ['edge'],
  },
  mqttPassword: {
    env: 'HILO_MQTT_PASSWORD',
    schema: z.string().min(1).optional(),
    about: 'The password at the broker to join',
    otherwise: 'none',
    readBy: ['edge'],
    secret: true,
  },
  mqttTrusted: {
    env: 'HILO_MQTT_TRUSTED',
    schema: flag.default(false),
    about:
      'Whether the joined broker lets each device write below its own id only; else purchases must be signed',
    otherwise: 'false',
    readBy: ['edge'],
  },
  mqttShared: {
    env: 'HILO_MQTT_SHARED',
    schema: flag.default(true),
    about: 'Whether several bridges share the messages of the joined broker',
    otherwise: 'true',
    readBy: ['edge'],
  },
  edgeKey: {
    env: 'HILO_EDGE_KEY',
    schema: z.string().min(1).optional(),
    about: 'The API key of an edge in another process than the API; `hilo key create` makes one',
    otherwise: 'a key of its own, kept in the data folder, when the API is in the same process',
    readBy: ['edge', 'commands'],
    secret: true,
  },
  edgeUrl: {
    env: 'EDGE_URL',
    schema: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional(),
    about: 'Where a running edge is, such as http://edge:4000, so that `hilo backup` takes its store too',
    otherwise: 'the store in the data folder, when no edge runs on it',
    readBy: ['commands'],
  },
  secretKey: {
    env: 'HILO_SECRET_KEY',
    schema: secretKey.optional(),
    about: 'Encrypts secrets that must be read again, such as those of webhooks: 32 random bytes in base64',
    otherwise: 'one of its own, kept in the data folder; in production without it there are no webhooks',
    readBy: ['api', 'worker'],
    secret: true,
  },
  priceTokenKeys: {
    env: 'HILO_PRICE_TOKEN_KEYS',
    schema: secretKeys.optional(),
    about:
      'Sign price tokens: keys of 32 random bytes in base64, by comma; the first signs, all are accepted, so that one can follow another',
    otherwise: 'one derived from HILO_SECRET_KEY; in production one of the two must be said',
    readBy: ['api'],
    secret: true,
  },
  priceTokenMinutes: {
    env: 'HILO_PRICE_TOKEN_MINUTES',
    schema: z.coerce.number().int().min(1).max(1_440).default(15),
    about: 'For how many minutes a quoted price holds, 1 to 1440',
    otherwise: '15',
    readBy: ['api'],
  },
  webhooksAllowPrivate: {
    env: 'HILO_WEBHOOKS_ALLOW_PRIVATE',
    schema: addressPolicy.prefault('false'),
    about: 'Private networks that webhooks may call, by comma, such as 10.1.0.0/16; true for all',
    otherwise: 'none: public addresses over https only',
    readBy: ['api', 'worker'],
  },
  bulkMaxBytes: {
    env: 'HILO_BULK_MAX_BYTES',
    schema: z.coerce.number().int().min(1).max(20_000_000_000).default(2_000_000_000),
    about: 'Most bytes of a file to import',
    otherwise: '2000000000',
    readBy: ['api', 'commands'],
  },
  bulkKeepDays: {
    env: 'HILO_BULK_KEEP_DAYS',
    schema: z.coerce.number().int().min(1).max(3_650).default(14),
    about: 'For how many days imports and exports are kept after their end, with their files and reports',
    otherwise: '14',
    readBy: ['worker'],
  },
  trustedProxies: {
    env: 'HILO_TRUSTED_PROXIES',
    schema: networks.optional().transform((given) => given ?? []),
    about: 'Networks of proxies whose X-Forwarded-For is believed, by comma, such as 10.0.0.0/8',
    otherwise: 'none',
    readBy: ['api', 'edge'],
  },
  limits: {
    env: 'HILO_LIMITS',
    schema: limits.prefault(''),
    about:
      'Limits of the API that differ from the defaults, such as depth=20 guest.perSecond=50000; inf for none. See docs/guides/limits.md',
    otherwise: 'the defaults',
    readBy: ['api'],
  },
  maxConnections: {
    env: 'HILO_MAX_CONNECTIONS',
    schema: z.coerce.number().int().min(10).default(10_000),
    about: 'HTTP connections at once; one more closes the one that has been idle for longest',
    otherwise: '10000',
    readBy: SERVERS,
  },
  persistedOnly: {
    env: 'HILO_PERSISTED_ONLY',
    schema: list
      .pipe(z.array(z.enum(['guest', 'customer', 'device', 'app', 'none'])))
      .optional()
      .transform((kinds) => (kinds ?? ['device']).filter((kind) => kind !== 'none')),
    about: 'Who may send nothing but persisted operations, by comma: guest, customer, device, app; none',
    otherwise: 'device',
    readBy: ['api'],
  },
  dataDir: {
    env: 'HILO_DATA_DIR',
    schema: z
      .string()
      .min(1)
      .default('.hilo')
      .transform((path) => resolve(path)),
    about: 'Where the embedded Postgres, the edge and assets without a bucket keep their data',
    otherwise: '.hilo',
    readBy: ['api', 'worker', 'edge', 'commands'],
  },
  assetsUrl: {
    env: 'HILO_ASSETS_URL',
    schema: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional(),
    about:
      'What stands in front of the paths of pictures and files, such as https://cdn.example for a CDN before this server',
    otherwise: 'nothing: they are paths of the server that answers',
    readBy: ['api'],
  },
  assetsMaxImageMb: {
    env: 'HILO_ASSETS_MAX_IMAGE_MB',
    schema: z.coerce.number().int().min(1).max(200).default(25),
    about: 'Most megabytes of an uploaded picture, 1 to 200',
    otherwise: '25',
    readBy: ['api'],
  },
  assetsMaxFileMb: {
    env: 'HILO_ASSETS_MAX_FILE_MB',
    schema: z.coerce.number().int().min(1).max(2_000).default(100),
    about: 'Most megabytes of any other upload, 1 to 2000',
    otherwise: '100',
    readBy: ['api'],
  },
  assetsUnusedDays: {
    env: 'HILO_ASSETS_UNUSED_DAYS',
    schema: z.coerce.number().int().min(1).max(3_650).optional(),
    about:
      'After so many days an asset that no product, attribute or digital good uses is deleted; addresses in texts do not count as use',
    otherwise: 'unused assets stay',
    readBy: ['worker'],
  },
  s3Url: {
    env: 'HILO_S3_URL',
    schema: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional(),
    about: 'An S3-compatible bucket for assets, such as https://s3.eu-central-1.amazonaws.com/my-shop',
    otherwise: 'assets are kept in the data folder, which all processes must share',
    readBy: ['api', 'worker'],
  },
  s3Region: {
    env: 'HILO_S3_REGION',
    schema: z.string().min(1).default('us-east-1'),
    about: 'The region of that bucket',
    otherwise: 'us-east-1',
    readBy: ['api', 'worker'],
  },
  s3AccessKeyId: {
    env: 'HILO_S3_ACCESS_KEY_ID',
    schema: z.string().min(1).optional(),
    about: 'The key that may read, write, list and delete in that bucket',
    otherwise: 'none',
    readBy: ['api', 'worker'],
  },
  s3SecretAccessKey: {
    env: 'HILO_S3_SECRET_ACCESS_KEY',
    schema: z.string().min(1).optional(),
    about: 'The secret of that key',
    otherwise: 'none',
    readBy: ['api', 'worker'],
    secret: true,
  },
  demo: {
    env: 'HILO_DEMO',
    schema: flag.optional(),
    about: 'Seed the demo shop into an empty database',
    otherwise: 'true; false in production',
    readBy: ['api'],
  },
  logLevel: {
    env: 'HILO_LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
    about: 'Which log lines are written to stderr, as JSON',
    otherwise: 'warn',
    readBy: [...SERVERS, 'commands'],
  },
  corsOrigin: {
    env: 'HILO_CORS_ORIGIN',
    schema: z.string().default('*'),
    about: 'Origins that browsers may call from, by comma; * for all. Cookies are never allowed across',
    otherwise: '*',
    readBy: ['api'],
  },
  metricsToken: {
    env: 'HILO_METRICS_TOKEN',
    schema: z.string().min(16).optional(),
    about: 'What Prometheus brings as a bearer token to read /metrics',
    otherwise: 'the metrics are open; in production without it there are none',
    readBy: SERVERS,
    secret: true,
  },
  otlpEndpoint: {
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: z.url({ protocol: /^https?$/, hostname: /.*/ }).optional(),
    about: 'A collector of OpenTelemetry that takes traces over HTTP, such as http://localhost:4318',
    otherwise: 'nothing is traced',
    readBy: SERVERS,
  },
  traceRatio: {
    env: 'HILO_TRACE_RATIO',
    schema: z.coerce.number().min(0).max(1).default(1),
    about: 'The share of the traces that begin here and are kept, 0 to 1',
    otherwise: '1',
    readBy: SERVERS,
  },
} as const satisfies Readonly<Record<string, Setting>>

/** Name of a setting in the code. */
export type SettingKey = keyof typeof SETTINGS

/** The settings with their keys, in the order in which they are listed. */
export const settingEntries = (): readonly (readonly [SettingKey, Setting])[] =>
  Object.entries(SETTINGS) as [SettingKey, Setting][]

/** The flag of a setting, without the dashes. */
export const flagOf = (key: string, { flag: own }: Setting): string =>
  own ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
