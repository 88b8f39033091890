import type { Config } from '../config.ts'
import type { EdgeOptions } from './edge-server.ts'

/** What a thread with an edge is given. */
export interface ThreadData
  extends
    Pick<EdgeOptions, 'apiUrl' | 'key' | 'folder' | 'mqtt' | 'attach' | 'trustedProxies'>,
    Pick<Config, 'logLevel' | 'isProduction' | 'metricsToken' | 'otlpEndpoint' | 'traceRatio'> {}

/** What a thread with an edge tells. Anything told to it means: close. */
export type FromThread =
  | { readonly kind: 'listening'; readonly mqttPort: number; readonly httpPort: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly isExpected: boolean; readonly message: string }
