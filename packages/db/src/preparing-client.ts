import { Client } from 'pg'

/** A statement that was sent so often is worth preparing. */
const WORTH_IT = 5

/** Statements prepared at most: each connection keeps the plan of each, some tens of kilobytes. */
const MOST = 256

/** Texts that are counted at most; lists of values make ever new ones. */
const COUNTED = 2_000

/**
 * Begins a statement whose best plan depends on its values, such as a search for a rare or a common word: it is planned
 * each time, and not prepared.
 */
export const PLANNED_EACH_TIME = '/* planned each time */'

/** "cached plan must not change result type": a migration changed a table that a `select *` reads. */
const OUTDATED = '0A000'

/**
 * Gives statements that come again a name, under which the server keeps their plan: parsing and planning cost more than
 * running them. `forget` gives new names to all, so that every connection prepares them anew.
 */
const statementNames = () => {
  const counts = new Map<string, number>()
  let names = new Map<string, string>()
  let generation = 0
  return {
    nameOf: (text: string): string | undefined => {
      const name = names.get(text)
      if (name !== undefined) return name
      const count = (counts.get(text) ?? 0) + 1
      if (count < WORTH_IT || names.size >= MOST) {
        if (counts.size >= COUNTED) counts.clear()
        counts.set(text, count)
        return undefined
      }
      counts.delete(text)
      const given = `hilo_${generation}_${names.size}`
      names.set(text, given)
      return given
    },
    forget: (): void => {
      names = new Map()
      generation += 1
    },
  }
}

/** True when a prepared statement no longer fits its tables: asked again it is prepared anew. */
export const isOutdatedPlan = (error: unknown): boolean =>
  error instanceof Error &&
  (error as { readonly code?: unknown }).code === OUTDATED &&
  error.message.startsWith('cached plan')

type Ask = (this: Client, ...args: readonly unknown[]) => Promise<unknown>

/** A connection class whose statements with parameters are prepared once they have come a few times. */
export const preparingClient = (): typeof Client => {
  const { nameOf, forget } = statementNames()
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the client as `this`
  const ask = Client.prototype.query as unknown as Ask
  class PreparingClient extends Client {}
  const query: Ask = function query(...args) {
    const [text, values] = args
    const isPlain =
      typeof text === 'string' &&
      Array.isArray(values) &&
      values.length > 0 &&
      args.length === 2 &&
      !text.startsWith(PLANNED_EACH_TIME)
    const name = isPlain ? nameOf(text) : undefined
    if (name === undefined) return ask.apply(this, [...args])
    return ask.call(this, { name, text, values }).catch((error: unknown) => {
      if (!isOutdatedPlan(error)) throw error
      forget()
      // In a transaction nothing can be asked again: `command()` runs it anew.
      if (isInTransaction(this)) throw error
      return ask.call(this, text, values)
    })
  }
  PreparingClient.prototype.query = query as unknown as Client['query']
  return PreparingClient
}

/** What the server said with its last answer: anything but idle. */
const isInTransaction = (client: Client): boolean =>
  (client as Client & { getTransactionStatus: () => string | null }).getTransactionStatus() !== 'I'
