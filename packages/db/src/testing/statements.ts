import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogEvent } from 'kysely'

const recording = new AsyncLocalStorage<string[]>()

/** Hears each statement of the test databases. */
export const recordStatement = ({ query }: LogEvent): void => void recording.getStore()?.push(query.sql)

/**
 * Runs something and returns its outcome with the SQL it sent through test databases, `begin` and `commit` not
 * counted, nor what others do meanwhile, such as the event feed: `const { statements } = await recordStatements(() => products(db, …)); expect(statements).toHaveLength(1)`.
 */
export const recordStatements = async <T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly statements: readonly string[] }> => {
  const statements: string[] = []
  return { result: await recording.run(statements, run), statements }
}
