import {
  BREAK,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'

type Args = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'operationName' | 'rootValue' | 'contextValue' | 'variableValues'
>

/** How often a query is interpreted before it is compiled: that takes a hundred times as long as answering it. */
const WARM = 4

/** A compiled query takes up to a megabyte for each hundred of its characters, so few and short ones are kept. */
const MOST_COMPILED = 64
const LONGEST = 3_000

type Run = (root: unknown, context: unknown, variables: unknown) => Promise<ExecutionResult> | ExecutionResult

/** Introspection, and the one name that what is compiled would lose: to assign it is to change what an object is. */
const NEVER_COMPILED: ReadonlySet<string> = new Set(['__schema', '__type', '__proto__'])

const isForInterpreter = (document: DocumentNode): boolean => {
  let found = false
  visit(document, {
    [Kind.FIELD]: ({ name, alias }) => {
      if (!NEVER_COMPILED.has(name.value) && !NEVER_COMPILED.has(alias?.value ?? '')) return undefined
      found = true
      return BREAK
    },
  })
  return found
}

const ANYTHING: TypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } }

/**
 * The document with variables that take anything: they have been read before. The compiler would read them itself, in
 * other sentences, and never ends with an input that nests into itself.
 */
const withFreeVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    [Kind.VARIABLE_DEFINITION]: ({ kind, variable }): VariableDefinitionNode => ({
      kind,
      variable,
      type: ANYTHING,
    }),
  })

const compile = ({ schema, document, operationName }: Args): Run | undefined => {
  if ((document.loc?.source.body.length ?? Infinity) > LONGEST || isForInterpreter(document)) return undefined
  const compiled = compileQuery(schema, withFreeVariables(document), operationName ?? undefined, {
    disablingCapturingStackErrors: true,
  })
  return isCompiledQuery(compiled) ? (compiled.query as Run) : undefined
}

/** Variables as resolvers get them, or nothing when they do not fit. */
const readVariables = (
  { schema, variableValues }: Args,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Readonly<Record<string, unknown>> | undefined => {
  if (variableDefinitions.length === 0) return {}
  const read = getVariableValues(schema, variableDefinitions, variableValues ?? {})
  return 'variableValues' in read && read.variableValues ? read.variableValues.coerced : undefined
}

interface Seen {
  times: number
  run?: Run | undefined
}

/** Counts how often operations come; gives the compiled ones, of which the longest unused are forgotten. */
const createCompiler = () => {
  const seen = new WeakMap<DocumentNode, Map<string, Seen>>()
  const compiled = new Set<Seen>()
  const seenOf = ({ document, operationName }: Args): Seen => {
    const byName = seen.get(document) ?? new Map<string, Seen>()
    seen.set(document, byName)
    const found = byName.get(operationName ?? '') ?? { times: 0 }
    byName.set(operationName ?? '', found)
    return found
  }
  return (args: Args): Run | undefined => {
    const entry = seenOf(args)
    entry.times += 1
    if (entry.times === WARM) entry.run = compile(args)
    if (!entry.run) return undefined
    compiled.delete(entry)
    compiled.add(entry)
    const [oldest] = compiled
    if (compiled.size > MOST_COMPILED && oldest) {
      compiled.delete(oldest)
      oldest.run = undefined
      oldest.times = 0
    }
    return entry.run
  }
}

/**
 * Compiles queries that come again and again into functions, which takes a fifth off the work of a list. Only queries:
 * mutations are rare, and compiled subscriptions lose events. Whatever does not go well is left to the interpreter (what
 * does not compile, variables that do not fit, an answer with errors), so that no error reads otherwise.
 */
export const jit = (): Plugin => {
  const compiledFor = createCompiler()
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const operation = getOperationAST(args.document, args.operationName)
      if (operation?.operation !== 'query') return
      const run = compiledFor(args)
      const variables = run && readVariables(args, operation)
      if (!variables) return
      setExecuteFn(async (given: Args) => {
        const result = await run(given.rootValue, given.contextValue, variables)
        return result.errors ? executeFn(given) : result
      })
    },
  }
}
