import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

/** Structured log lines on stderr. What could hold a secret is taken out wherever it stands. */
export const createLogger = ({ logLevel }: Pick<Config, 'logLevel'>): Logger =>
  pino(
    {
      level: logLevel,
      base: null,
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
