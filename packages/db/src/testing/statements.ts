import type { LogEvent } from 'kysely'

const recordings = new Set<string[]>()

/** Hears each statement of the test databases. */
export const recordStatement = ({ query }: LogEvent): void => {
  for (const recording of recordings) recording.push(query.sql)
}

/**
 * Runs something and returns its outcome with the SQL it sent through test databases, `begin` and `commit` not
 * counted: `const { statements } = await recordStatements(() => products(db, …)); expect(statements).toHaveLength(1)`.
 */
export const recordStatements = async <T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly statements: readonly string[] }> => {
  const statements: string[] = []
  recordings.add(statements)
  try {
    return { result: await run(), statements }
  } finally {
    recordings.delete(statements)
  }
}
