import type { ExecutionResult } from 'graphql'

type Soon<Value> = Value | Promise<Value>

interface Kept {
  readonly event: object
  readonly key: string
  readonly characters: number
}

/** Characters of answers that are kept for those who have yet to be told. */
const MOST_CHARACTERS = 4_000_000

/**
 * Answers to events, each made once for all who ask the same. An answer is found by the event itself: whoever reads it
 * from the log again has another object, and an answer of their own. What has errors is made for each.
 */
export const createSharedAnswers = (mostCharacters = MOST_CHARACTERS) => {
  const answers = new WeakMap<object, Map<string, Soon<ExecutionResult>>>()
  /** In the order in which they were made; the oldest go first, whoever still holds their event. */
  const kept = new Set<Kept>()
  let characters = 0

  const forget = ({ event, key }: Pick<Kept, 'event' | 'key'>): void => {
    const ofEvent = answers.get(event)
    ofEvent?.delete(key)
  }

  const keep = (event: object, key: string, result: ExecutionResult): void => {
    const entry = { event, key, characters: JSON.stringify(result.data).length + key.length }
    kept.add(entry)
    characters += entry.characters
    for (const oldest of kept) {
      if (characters <= mostCharacters) break
      kept.delete(oldest)
      characters -= oldest.characters
      forget(oldest)
    }
  }

  const begin = (event: object, key: string, make: () => Soon<ExecutionResult>): Soon<ExecutionResult> => {
    const ofEvent = answers.get(event) ?? new Map<string, Soon<ExecutionResult>>()
    answers.set(event, ofEvent)
    const settle = (result: ExecutionResult): ExecutionResult => {
      if (result.errors) forget({ event, key })
      else keep(event, key, result)
      return result
    }
    const made = make()
    if (!(made instanceof Promise)) {
      ofEvent.set(key, made)
      return settle(made)
    }
    const settled = made.then(settle, (error: unknown) => {
      forget({ event, key })
      throw error
    })
    ofEvent.set(key, settled)
    return settled
  }

  return {
    /** The answer that was made of this event for this key, or the one that is made now. */
    of: (event: object, key: string, make: () => Soon<ExecutionResult>): Soon<ExecutionResult> => {
      const found = answers.get(event)?.get(key)
      if (!found) return begin(event, key, make)
      if (!(found instanceof Promise)) return found
      return found.then((result) => (result.errors ? make() : result), make)
    },
    characters: (): number => characters,
  }
}
