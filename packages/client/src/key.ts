/** A new idempotency key: a UUIDv7 (RFC 9562), so that the shop's keys sort by time. */
export const newKey = (now = Date.now()): string => {
  const time = now.toString(16).padStart(12, '0')
  const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  const variant = ((Number.parseInt(random[3]!, 16) & 3) | 8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}

/** Variables whose inputs may leave out the key: the client makes one for each call. */
export type WithoutKey<Variables> = Variables extends { input: infer Input }
  ? Omit<Variables, 'input'> & {
      input: Omit<Input, 'idempotencyKey'> & { idempotencyKey?: string | null }
    }
  : Variables

type Input = Readonly<Record<string, unknown>>

/**
 * The variables of a mutation, with a key in each of its inputs that has none; `undefined` when it takes no input by
 * variable, and so cannot be repeated without being done twice.
 */
export const withKeys = (
  variables: Readonly<Record<string, unknown>>,
  inputs: readonly string[],
): Readonly<Record<string, unknown>> | undefined => {
  const keyed = inputs.map((name) => {
    const input = variables[name] as Input | null | undefined
    return input && ([name, { ...input, idempotencyKey: input['idempotencyKey'] ?? newKey() }] as const)
  })
  if (keyed.length === 0 || keyed.some((entry) => !entry)) return undefined
  return { ...variables, ...Object.fromEntries(keyed as (readonly [string, Input])[]) }
}
