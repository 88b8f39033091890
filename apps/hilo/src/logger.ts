import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/** What a line says of an error. Errors of the driver carry their whole connection, which no log should hold. */
const describeError = (error: unknown): object => {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code: unknown = Reflect.get(error, 'code')
  return {
    type: name,
    message,
    ...(code ? { code } : {}),
    stack,
    ...(cause ? { cause: describeError(cause) } : {}),
  }
}

/** Structured log lines on stderr. What could hold a secret is taken out wherever it stands. */
export const createLogger = ({ logLevel }: Pick<Config, 'logLevel'>): Logger =>
  pino(
    {
      level: logLevel,
      base: null,
      serializers: { err: describeError, error: describeError },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [
        'password',
        'token',
        'credential',
        'authorization',
        'cookie',
        '*.password',
        '*.token',
        '*.credential',
      ],
    },
    pino.destination({ fd: 2, sync: false }),
  )
