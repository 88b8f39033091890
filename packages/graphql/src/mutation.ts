import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core'
import { command } from '@hilo/db'
import type { Refusal, Result } from '@hilo/kernel'
import type { Access } from './access.ts'
import { builder, type SchemaTypes } from './builder.ts'
import type { RequestContext } from './context.ts'
import { forgetLoaded } from './load.ts'
import { UserError } from './user-error.ts'

/** What the fields of a payload resolve from: the use case's value, or nothing when it refused. */
export interface Payload<Value> {
  readonly value: Value | undefined
  readonly userErrors: readonly Refusal[]
  readonly replayed: boolean
}

/** What builds the fields of a mutation's input. */
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>
type PayloadBuilder<Value> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Payload<Value>>

interface MutationOptions<Fields extends InputFieldMap, Value> {
  readonly description: string
  /** Who may call it; the use case checks what exactly they may touch. */
  readonly access: Access
  /** `required` where a repeat would cost money or goods. */
  readonly idempotency?: 'required'
  /**
   * `own`: no transaction around it and nothing kept for replays. For signing in, whose answer is a secret and whose
   * refusals must stay counted.
   */
  readonly transaction?: 'own'
  /** Fields that say how a request came, not what it asks: a repeat under the same key may say them otherwise. */
  readonly circumstances?: readonly string[]
  readonly input: (t: InputBuilder) => Fields
  /** The fields beside `userErrors`; all nullable, since a refusal leaves them empty. */
  readonly payload: (t: PayloadBuilder<Value>) => FieldMap
  /** Runs inside one transaction, which a refusal rolls back. Its value must be plain JSON: it is kept for replays. */
  readonly run: (
    context: RequestContext,
    input: InputShapeFromFields<Fields> & { idempotencyKey?: string | null },
  ) => Promise<Result<Value>>
}

/**
 * Adds a mutation `name(input: NameInput!): NamePayload!`: one input with `idempotencyKey`, one payload with
 * `userErrors`, one transaction, and the replay of what was answered before.
 */
export const defineMutation = <Fields extends InputFieldMap, Value>(
  name: string,
  options: MutationOptions<Fields, Value>,
): void => {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const input = builder.inputType(`${title}Input`, {
    fields: (t) => ({
      ...options.input(t),
      idempotencyKey: t.string({
        required: options.idempotency === 'required',
        description:
          options.transaction === 'own'
            ? 'Accepted as everywhere, but not kept: this answer is never given again.'
            : 'Your own name for this request, at most 200 characters. The same key with the same input gives the same answer again.',
      }),
    }),
  })
  const payload = builder.objectRef<Payload<Value>>(`${title}Payload`).implement({
    fields: (t) => ({
      ...options.payload(t as unknown as PayloadBuilder<Value>),
      userErrors: t.field({ type: [UserError], resolve: ({ userErrors }) => userErrors }),
      replayed: t.exposeBoolean('replayed', {
        description: 'True when this answer was given before for the same idempotency key.',
      }),
    }),
  })
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      description: options.description,
      authScopes: options.access,
      args: { input: t.arg({ type: input, required: true }) },
      resolve: async (_root, args, context) => {
        const { input: given } = args as unknown as {
          input: InputShapeFromFields<Fields> & { idempotencyKey?: string | null }
        }
        const { idempotencyKey, ...rest } = given
        const asked = Object.fromEntries(
          Object.entries(rest).filter(([field]) => !options.circumstances?.includes(field)),
        )
        const outcome =
          options.transaction === 'own'
            ? { ...(await options.run(context, given)), replayed: false }
            : await command(context, { operation: name, input: asked, idempotencyKey }, (inner) =>
                options.run({ ...context, ...inner }, given),
              )
        forgetLoaded(context)
        return outcome.ok
          ? { value: outcome.value, userErrors: [], replayed: outcome.replayed }
          : {
              value: undefined,
              userErrors: [outcome.error, ...(outcome.error.more ?? [])],
              replayed: outcome.replayed,
            }
      },
    }),
  )
}
