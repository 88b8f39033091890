import type { Config } from '../config.ts'
import type { EdgeOptions } from './edge-server.ts'

/** What a thread with an edge is given. */
export interface ThreadData
  extends
    Pick<EdgeOptions, 'apiUrl' | 'key' | 'folder' | 'mqtt' | 'tls' | 'attach' | 'trustedProxies'>,
    Pick<Config, 'logLevel' | 'isProduction' | 'metricsToken' | 'otlpEndpoint' | 'traceRatio'> {}

/** Where devices come in. */
export interface MqttPorts {
  readonly mqttPort: number
  /** Over TLS. */
  readonly mqttsPort: number | undefined
}

/** What a thread with an edge tells. Anything told to it means: close. */
export type FromThread =
  | ({ readonly kind: 'listening'; readonly httpPort: number } & MqttPorts)
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly isExpected: boolean; readonly message: string }
