import { Pool, type PoolConfig } from 'pg'

/** Too many wait for a connection already. The code is that of Postgres for too many connections. */
class PoolBusyError extends Error {
  override readonly name = 'PoolBusyError'
  readonly code = '53300'
  constructor(waiting: number) {
    super(`No connection is free, and ${waiting} wait for one`)
  }
}

type Connected = (error: Error | undefined, client: undefined, release: () => void) => void

/**
 * A pool for whose connections only so many may wait: more are refused at once with `PoolBusyError`, since a request
 * that waits for seconds helps nobody and keeps its memory.
 */
export const boundedPool = (config: PoolConfig, maxWaiting: number): Pool => {
  const pool = new Pool(config)
  const connect = pool.connect.bind(pool) as (callback?: Connected) => unknown
  const bounded = (callback?: Connected): unknown => {
    if (pool.waitingCount < maxWaiting) return connect(callback)
    const error = new PoolBusyError(pool.waitingCount)
    return callback ? callback(error, undefined, () => undefined) : Promise.reject(error)
  }
  pool.connect = bounded as Pool['connect']
  return pool
}
