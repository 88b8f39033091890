import { DatabaseSync } from 'node:sqlite'
import { type Sql, sqlOn } from './sql.ts'

/** Where the store lives and how long a group of writes may wait. */
export interface StoreOptions {
  /** The database file; beside it SQLite keeps its log. */
  readonly path: string
  /** How long a write waits for others to share its flush to disk, in milliseconds; 2 by default. */
  readonly windowMs?: number
  /** The largest the file may become, in bytes: what comes then is refused as on a full disk. None by default. */
  readonly maxBytes?: number
}

/** How long a change may stay open that nobody waits for, in milliseconds: each flush stops the process for a while. */
const LAZY_MS = 25

/** A durable local database with group commit. One process at a time. */
export interface Store {
  /** Reads, with all writes made so far. */
  readonly sql: Pick<Sql, 'get' | 'all'>
  /**
   * Makes a change now, all of it or none; resolves with its value once it is on disk. Rejects when the change throws,
   * or when the disk refuses the group it was in.
   */
  write<T>(change: (sql: Sql) => T): Promise<T>
  /** Makes a change now that a crash within 25 ms may lose, because it can be made again. */
  writeSoon<T>(change: (sql: Sql) => T): T
  /** Why the disk refused the last change; none since it takes them again. */
  readonly trouble: () => string | undefined
  /** Brings the owner's tables forward: runs the steps that have not run on this file, in order. */
  migrate(owner: string, steps: readonly string[]): void
  /** Writes a copy with all changes made so far to a file that does not exist yet. Stops the process meanwhile. */
  copyTo(path: string): void
  /** Flushes what is open and closes the file. */
  close(): Promise<void>
}

interface Waiter {
  readonly onDisk: () => void
  readonly lost: (reason: unknown) => void
}

const open = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path)
  try {
    // Exclusive: a second process gets an error here instead of a share of our messages.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec(
      'BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS step (owner TEXT PRIMARY KEY, done INTEGER); COMMIT',
    )
    return database
  } catch (cause) {
    database.close()
    throw new Error(`The edge store ${path} cannot be opened: ${String(cause)}`, { cause })
  }
}

/** SQLITE_IOERR and SQLITE_FULL, without their extensions. */
const isOfDisk = (cause: unknown): boolean =>
  [10, 13].includes(Number((cause as { errcode?: unknown } | null)?.errcode) & 0xff)

const limitFile = (database: DatabaseSync, maxBytes: number): void => {
  const { page_size: pageSize } = database.prepare('PRAGMA page_size').get() as { page_size: number }
  database.exec(`PRAGMA max_page_count = ${Math.floor(maxBytes / pageSize)}`)
}

/** Opens the store, making the file when it does not exist. Throws when another process has it open. */
export const openStore = ({ path, windowMs = 2, maxBytes }: StoreOptions): Store => {
  const database = open(path)
  const sql = sqlOn(database)
  if (maxBytes !== undefined) limitFile(database, maxBytes)
  let trouble: string | undefined
  let waiters: Waiter[] = []
  let timer: NodeJS.Timeout | undefined

  const settle = (finish: (waiter: Waiter) => void) => {
    const group = waiters
    waiters = []
    clearTimeout(timer)
    timer = undefined
    group.forEach(finish)
  }
  const lose = (reason: unknown) => {
    trouble = String(reason)
    if (database.isTransaction) database.exec('ROLLBACK')
    settle((waiter) => waiter.lost(reason))
  }
  const flush = () => {
    if (!database.isTransaction) return
    try {
      sql.run('COMMIT')
      trouble = undefined
      settle((waiter) => waiter.onDisk())
    } catch (reason) {
      lose(reason)
    }
  }

  const change = <T>(make: (sql: Sql) => T): T => {
    if (!database.isTransaction) {
      sql.run('BEGIN IMMEDIATE')
      timer = setTimeout(flush, LAZY_MS)
    }
    sql.run('SAVEPOINT change')
    try {
      const value = make(sql)
      sql.run('RELEASE change')
      return value
    } catch (cause) {
      if (isOfDisk(cause)) trouble = String(cause)
      // A full disk ends the whole transaction, and with it the changes of the others in the group.
      if (!database.isTransaction) lose(cause)
      else {
        sql.run('ROLLBACK TO change')
        sql.run('RELEASE change')
      }
      throw cause
    }
  }

  return {
    sql,
    trouble: () => trouble,
    writeSoon: change,
    write: (make) =>
      new Promise((resolve, reject) => {
        const value = change(make)
        if (waiters.length === 0) {
          clearTimeout(timer)
          timer = setTimeout(flush, windowMs)
        }
        waiters.push({ onDisk: () => resolve(value), lost: reject })
      }),
    migrate: (owner, steps) => {
      flush()
      const row = sql.get<{ done: number }>('SELECT done FROM step WHERE owner = ?', owner)
      for (const [index, step] of steps.entries()) {
        if (index < (row?.done ?? 0)) continue
        change(() => {
          database.exec(step)
          sql.run('INSERT OR REPLACE INTO step (owner, done) VALUES (?, ?)', owner, index + 1)
        })
      }
      flush()
    },
    copyTo: (path) => {
      flush()
      sql.run('VACUUM INTO ?', path)
    },
    close: async () => {
      if (!database.isOpen) return
      flush()
      database.close()
    },
  }
}
