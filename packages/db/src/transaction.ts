import { CompiledQuery, type DatabaseConnection, type KyselyProps, Transaction } from 'kysely'
import type { FullExecutor } from './executor.ts'
import type { DB } from './tables.generated.ts'

const openedWith = new WeakMap<FullExecutor, Omit<KyselyProps, 'executor'>>()

/** Lets `inTransaction` open transactions of its own kind on a database. */
export const rememberDriver = (db: FullExecutor, props: Omit<KyselyProps, 'executor'>): void =>
  void openedWith.set(db, props)

const BEGIN = CompiledQuery.raw('begin')

/** Hands the one connection to whoever asks, at once and in order, for as long as the transaction runs. */
const oneConnection = (connection: DatabaseConnection) => {
  let isOver = false
  return {
    end: (): void => {
      isOver = true
    },
    provideConnection: async <T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> => {
      if (isOver) throw new Error('The transaction is over')
      return consumer(connection)
    },
  }
}

/** What happens in a transaction. */
interface Steps<T> {
  readonly run: (tx: FullExecutor) => Promise<T>
  /** The last statement, made of what `run` gave; when it fails nothing is committed. */
  readonly last?: (tx: FullExecutor, result: T) => Promise<unknown>
}

const roundTripsSaved = async <T>(
  db: FullExecutor,
  { driver, ...props }: Omit<KyselyProps, 'executor'>,
  { run, last }: Steps<T>,
): Promise<T> =>
  db.getExecutor().provideConnection(async (connection) => {
    const provider = oneConnection(connection)
    const executor = db.getExecutor().withConnectionProvider(provider)
    const begun = connection.executeQuery(BEGIN)
    try {
      const tx = new Transaction<DB>({ ...props, driver, executor }) as unknown as FullExecutor
      const [result] = await Promise.all([run(tx), begun])
      // In this order on the wire, and a commit after a failure is a rollback: then that failure is what to tell.
      const finished = Promise.resolve(last?.(tx, result))
      provider.end()
      const [ended, committed] = await Promise.allSettled([finished, driver.commitTransaction(connection)])
      if (ended.status === 'rejected') throw ended.reason
      if (committed.status === 'rejected') throw committed.reason
      return result
    } catch (error) {
      // What still runs beside the statement that failed must not reach the connection after the rollback.
      provider.end()
      await driver.rollbackTransaction(connection)
      throw error
    }
  })

/**
 * A transaction that is committed, or rolled back when a step throws. Other than Kysely's it waits for no answer that
 * nobody needs: `begin` travels with the first statement, the last one with `commit`, and what is asked with
 * `Promise.all` travels together, each statement after the one before it. One that fails makes those behind it fail too.
 */
export const inTransaction = <T>(db: FullExecutor, { run, last }: Steps<T>): Promise<T> => {
  const props = openedWith.get(db)
  if (props) return roundTripsSaved(db, props, { run, ...(last && { last }) })
  return db.transaction().execute(async (tx) => {
    const result = await run(tx)
    await last?.(tx, result)
    return result
  })
}
