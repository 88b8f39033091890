/** An outcome that the caller must look at: a value, or a refusal that is expected and typed. Bugs throw instead. */
export type Result<T, E extends Refusal = Refusal> = Ok<T> | Err<E>

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Err<E extends Refusal = Refusal> {
  readonly ok: false
  readonly error: E
}

/**
 * An expected no. `code` is a stable literal in SCREAMING_SNAKE_CASE, `path` the input field it is about (outermost
 * first), `data` the typed facts a client needs to act (JSON values only, money as `{amountMinor, currency}`).
 * The sentence a person reads is made from code and data at the door (see the message catalogue of each slice).
 */
export interface Refusal<Code extends string = string, Data extends RefusalData = RefusalData> {
  readonly code: Code
  readonly path: readonly string[]
  readonly data: Data
  /** Others of the same request, when it was refused for several reasons at once. */
  readonly more?: readonly Refusal[]
}

export type RefusalData = Readonly<Record<string, unknown>>

/** Wraps a value as success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

/** Wraps a refusal as failure. */
export const err = <E extends Refusal>(error: E): Err<E> => ({ ok: false, error })

/** Several refusals as one failure: the first, and the others beside it; nothing when there are none. */
export const errAll = ([first, ...others]: readonly Refusal[]): Err | undefined =>
  first && err(others.length > 0 ? { ...first, more: others } : first)

/** Builds and wraps a refusal in one step: `return refuse('OUT_OF_STOCK', { sku, requested, available }, ['lines'])`. */
export const refuse = <const Code extends string, const Data extends RefusalData>(
  code: Code,
  data: Data,
  path: readonly string[] = [],
): Err<Refusal<Code, Data>> => err({ code, data, path })

/** Takes the value out, or throws: for places where a refusal would be a bug (seeds, tests). */
export const unwrap = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  throw new Error(`Unexpected refusal ${result.error.code} ${JSON.stringify(result.error.data)}`)
}
