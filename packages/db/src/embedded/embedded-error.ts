/** Why the embedded server does not run: a stable code, and what the person can do about it in the message. */
export type EmbeddedPostgresCode =
  | 'ALREADY_RUNNING'
  | 'UNSUPPORTED_PLATFORM'
  | 'FOLDER_NOT_USABLE'
  | 'WRONG_VERSION'
  | 'PORT_TAKEN'
  | 'INIT_FAILED'
  | 'START_FAILED'

/** Thrown by `startEmbeddedPostgres`; `pid` is the process that has the folder when the code is `ALREADY_RUNNING`. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresCode
  readonly pid: number | undefined

  constructor(code: EmbeddedPostgresCode, message: string, options: { pid?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.pid = options.pid
  }
}
