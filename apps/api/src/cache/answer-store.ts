/** An answer as it went over the wire, without what it cost. */
export interface KeptAnswer {
  /** Everything up to the closing brace and the cost. */
  readonly head: Buffer
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
  readonly storedAt: number
  /** From this moment on it may no longer be told; milliseconds since 1970. */
  readonly until: number
  /** The variants whose prices or stock are in it. */
  readonly variantIds: ReadonlySet<string>
}

/** Changes of single variants that are remembered; who began before all of them is told nothing is certain. */
const REMEMBERED = 10_000

/** What an entry costs beside its bytes: its key, its headers, its sets. */
const OVERHEAD = 1_000

const sizeOf = ({ head, variantIds }: KeptAnswer): number => head.length + OVERHEAD + variantIds.size * 100

/**
 * Answers by key, of which the longest unused go when there are too many bytes. An answer that was begun before
 * something in it changed is not kept: `begin` gives a place in the order of changes, and `keep` looks what came since.
 */
export const createAnswerStore = (maxBytes: number) => {
  const answers = new Map<string, KeptAnswer>()
  const keysOfVariant = new Map<string, Set<string>>()
  const changes: { readonly at: number; readonly variantId: string }[] = []
  let clock = 0
  let allForgottenAt = 0
  let bytes = 0

  const remove = (key: string): void => {
    const answer = answers.get(key)
    if (!answer) return
    answers.delete(key)
    bytes -= sizeOf(answer)
    for (const id of answer.variantIds) {
      const keys = keysOfVariant.get(id)
      keys?.delete(key)
      if (keys?.size === 0) keysOfVariant.delete(id)
    }
  }

  const changedSince = (begun: number, { variantIds }: KeptAnswer): boolean => {
    if (begun < allForgottenAt) return true
    for (let index = changes.length - 1; index >= 0 && changes[index]!.at > begun; index -= 1) {
      if (variantIds.has(changes[index]!.variantId)) return true
    }
    return false
  }

  return {
    /** The place of a request that begins now. */
    begin: (): number => clock,
    find: (key: string, now: number): KeptAnswer | undefined => {
      const answer = answers.get(key)
      if (!answer) return undefined
      if (now >= answer.until || now < answer.storedAt) {
        remove(key)
        return undefined
      }
      answers.delete(key)
      answers.set(key, answer)
      return answer
    },
    /** Keeps an answer, unless something in it changed since it was begun. */
    keep: (key: string, answer: KeptAnswer, begun: number): boolean => {
      if (sizeOf(answer) > maxBytes / 4 || changedSince(begun, answer)) return false
      remove(key)
      answers.set(key, answer)
      bytes += sizeOf(answer)
      for (const id of answer.variantIds) {
        const keys = keysOfVariant.get(id) ?? new Set()
        keysOfVariant.set(id, keys.add(key))
      }
      for (const oldest of answers.keys()) {
        if (bytes <= maxBytes) break
        remove(oldest)
      }
      return true
    },
    forgetVariant: (variantId: string): void => {
      clock += 1
      changes.push({ at: clock, variantId })
      // Who began before the oldest that is remembered cannot know.
      if (changes.length > REMEMBERED) allForgottenAt = Math.max(allForgottenAt, changes.shift()!.at)
      for (const key of keysOfVariant.get(variantId) ?? []) remove(key)
    },
    forgetAll: (): void => {
      clock += 1
      allForgottenAt = clock
      changes.length = 0
      answers.clear()
      keysOfVariant.clear()
      bytes = 0
    },
    bytes: (): number => bytes,
    size: (): number => answers.size,
  }
}

/** The answers of one process. */
export type AnswerStore = ReturnType<typeof createAnswerStore>
