type Log = (fields: object, message: string) => void

/** Where the edge writes its log; pino fits. Fields never hold credentials or payloads. */
export interface Logger {
  readonly debug: Log
  readonly info: Log
  readonly warn: Log
  readonly error: Log
}
