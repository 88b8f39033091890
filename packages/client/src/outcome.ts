/** What an expected no tells: `message` is for people, in the locale of the request. */
interface Refusal {
  readonly message?: string
  readonly code?: string
}

type RefusalOf<Payload> = Payload extends { readonly userErrors: readonly (infer E)[] } ? E : Refusal

/** A mutation's payload: what it did, or why it did nothing. */
export type Outcome<Payload> =
  | { readonly ok: true; readonly value: Payload }
  | {
      readonly ok: false
      readonly value: Payload
      readonly userErrors: readonly [RefusalOf<Payload>, ...RefusalOf<Payload>[]]
    }

/** Looks whether a payload holds refusals. */
export const outcomeOf = <Payload extends { readonly userErrors: readonly unknown[] }>(
  payload: Payload,
): Outcome<Payload> =>
  payload.userErrors.length === 0
    ? { ok: true, value: payload }
    : { ok: false, value: payload, userErrors: payload.userErrors as never }
