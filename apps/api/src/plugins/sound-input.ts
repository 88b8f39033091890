import { GraphQLError, Kind, parse, visit, type DocumentNode, type ParseOptions, type Source } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Postgres stores neither NUL nor half of a character, so no text may hold them. */
const isSound = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** Lists and objects of a variable nest at most this deep; no rule of a promotion needs half of it. */
const DEEPEST_VALUE = 64

/** `spec`: an answer as plain `application/json` keeps the status 200, as GraphQL over HTTP asks for. */
const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { spec: true, status: 400 } },
  })

const NOT_SOUND = 'A text holds the character U+0000 or half of a character (a lone surrogate).'

/** What is wrong with the texts and the depth of a JSON value; without recursion, which a deep one would exhaust. */
const faultIn = (root: unknown): string | undefined => {
  const left: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, depth } = next
    if (typeof value === 'string' && !isSound(value)) return NOT_SOUND
    if (!value || typeof value !== 'object') continue
    if (depth > DEEPEST_VALUE) return `A value is nested more than ${DEEPEST_VALUE} deep.`
    for (const [key, inner] of Object.entries(value)) {
      if (!isSound(key)) return NOT_SOUND
      left.push({ value: inner, depth: depth + 1 })
    }
  }
  return undefined
}

const tooDeep = () =>
  new GraphQLError('The query is nested too deep.', {
    extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { spec: true, status: 400 } },
  })

/** The deepest nesting of brackets in a document; the parser and every walk after it recurse once for each. */
const depthOf = ({ loc }: DocumentNode): number => {
  let depth = 0
  let deepest = 0
  for (let token = loc?.startToken; token; token = token.next ?? undefined) {
    if (token.kind === '{' || token.kind === '[' || token.kind === '(') deepest = Math.max(deepest, ++depth)
    if (token.kind === '}' || token.kind === ']' || token.kind === ')') depth -= 1
  }
  return deepest
}

const parseSound = (source: string | Source, options?: ParseOptions): DocumentNode => {
  const document = parseWithin(source, options)
  visit(document, {
    [Kind.STRING]: ({ value }) => {
      if (!isSound(value)) throw badInput(NOT_SOUND)
    },
  })
  return document
}

const parseWithin = (source: string | Source, options?: ParseOptions): DocumentNode => {
  try {
    const document = parse(source, options)
    if (depthOf(document) > 2 * DEEPEST_VALUE) throw tooDeep()
    return document
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error
  }
}

/** Refuses texts that no database can hold, and values and queries nested so deep that walking them would fail. */
export const soundInput = (): Plugin => {
  interface Execution {
    readonly args: { readonly variableValues?: unknown }
    readonly setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void
  }
  const check = ({ args, setResultAndStopExecution }: Execution): void => {
    const fault = faultIn(args.variableValues)
    if (fault) setResultAndStopExecution({ errors: [badInput(fault)] })
  }
  return {
    onParse: ({ setParseFn }) => setParseFn(parseSound),
    onExecute: check,
    onSubscribe: check,
  }
}
