import { COMMON, ok, type Result, type Sentence } from '@hilo/kernel'
import { Kind, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { API_REFUSALS } from '../errors.ts'
import { costOf } from '../limits/cost.ts'
import type { Limits } from '../limits/limits.ts'
import { excess, measure } from '../limits/measure.ts'

/** An operation fit to be registered. */
export interface CheckedOperation {
  readonly name: string
  readonly document: string
}

/** Decides whether a document may be registered. */
export type CheckOperation = (document: string) => Result<CheckedOperation>

const LONGEST_NAME = 100

const LONGEST_QUOTE = 300

const invalid = (name: string, reason: Sentence) =>
  API_REFUSALS.refuse('PERSISTED_OPERATION_INVALID', { name, reason }, ['documents'])

/** The words of GraphQL are the same for whoever writes it, in any language: what they are about is said around them. */
const quoting = ({ en, es }: Sentence, message: string): Sentence => {
  const quoted = message.slice(0, LONGEST_QUOTE)
  return { en: `${en}: “${quoted}”`, es: `${es}: «${quoted}»` }
}

const UNREADABLE: Sentence = { en: 'it cannot be read', es: 'no se puede leer' }
const UNFIT: Sentence = { en: 'it does not fit the schema', es: 'no se ajusta al esquema' }
const NOT_ONE: Sentence = {
  en: 'it needs one operation, with a name.',
  es: 'necesita una sola operación, con nombre.',
}

const parsed = (text: string, maxTokens: number): DocumentNode | Sentence => {
  try {
    return parse(text, { maxTokens })
  } catch (error) {
    return error instanceof Error ? quoting(UNREADABLE, error.message) : UNREADABLE
  }
}

/** Checks documents against the schema and the limits, so that what is registered can be asked for. */
export const checkOperation =
  (schema: GraphQLSchema, limits: Limits): CheckOperation =>
  (text) => {
    if (text.includes('\0') || !text.isWellFormed()) {
      const reason = { en: 'A document is text.', es: 'Un documento es texto.' }
      return COMMON.refuse('INVALID_INPUT', { reason }, ['documents'])
    }
    const document = parsed(text, limits.tokens)
    if (!('kind' in document)) return invalid('?', document)
    const [operation, another] = document.definitions.filter(
      (node) => node.kind === Kind.OPERATION_DEFINITION,
    )
    const name = operation?.name?.value.slice(0, LONGEST_NAME)
    if (!operation || !name || another) return invalid(name ?? '?', NOT_ONE)
    const found = excess(measure(document), limits)
    if (found) return API_REFUSALS.refuse('QUERY_LIMIT_EXCEEDED', found, ['documents'])
    const [error] = validate(schema, document)
    if (error) return invalid(name, quoting(UNFIT, error.message))
    const cost = costOf({ schema, document, operation })
    if (cost <= limits.cost) return ok({ name, document: text })
    return API_REFUSALS.refuse(
      'COST_LIMIT_EXCEEDED',
      { cost: Math.min(cost, 2 ** 31 - 1), max: limits.cost },
      ['documents'],
    )
  }
