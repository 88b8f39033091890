import type { Logger } from '@hilo/protocol'

/** A log that nobody reads. */
export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
