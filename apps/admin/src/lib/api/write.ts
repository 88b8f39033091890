import type { TadaDocumentNode } from './graphql.ts'
import type { Refusal } from './refusal.ts'
import { request } from './request.ts'

/** What a mutation document answers: its root field is named `payload`. */
interface Written {
  readonly payload: { readonly userErrors: readonly Refusal[] }
}

type Input<Variables> = Variables extends { input: infer I } ? Omit<I, 'idempotencyKey'> : never

/** Runs a mutation and answers its payload. Throws `ApiError` when it is not known whether it happened. */
export type Write = <Result extends Written, Variables extends { input: object }>(
  document: TadaDocumentNode<Result, Variables>,
  input: Input<NoInfer<Variables>>,
) => Promise<Result['payload']>

/**
 * A writer for one page. Every intended change has a key of its own; when the answer got lost and the same change is
 * sent again it carries the same key, so that it happens once.
 */
export const writer = (fetch: typeof globalThis.fetch): Write => {
  const unanswered = new Map<string, string>()
  return async (document, input) => {
    const intent = JSON.stringify([input, (document as { definitions: readonly unknown[] }).definitions[0]])
    const idempotencyKey = unanswered.get(intent) ?? crypto.randomUUID()
    unanswered.set(intent, idempotencyKey)
    const { payload } = await request(fetch, document, { input: { ...input, idempotencyKey } } as never)
    // A refusal is an answer too, and the API would repeat it for the same key.
    unanswered.delete(intent)
    return payload
  }
}
