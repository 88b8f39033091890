import {
  COMMON,
  money,
  refusalMessage,
  sentenceIn,
  type FactKind,
  type Locale,
  type Refusal,
  type RefusalCatalogue,
  type RefusalSpec,
} from '@hilo/kernel'
import { GraphQLError } from 'graphql'
import { builder } from './builder.ts'
import type { RequestContext } from './context.ts'

const catalogue = new Map<string, RefusalSpec>()

/** The name of the type that carries the facts of a code: `OUT_OF_STOCK` → `OutOfStockError`. */
export const errorTypeName = (code: string): string => {
  const spec = catalogue.get(code)
  if (!spec || Object.keys(spec.data).length === 0) return 'PlainError'
  return code.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()) + 'Error'
}

const messageOf = (refusal: Refusal, { locale }: RequestContext): string => {
  const spec = catalogue.get(refusal.code)
  if (!spec) throw new Error(`Refusal ${refusal.code} stands in no catalogue`)
  return refusalMessage(spec, refusal, locale)
}

export const UserError = builder.interfaceType('UserError', {
  description: 'An expected no, with a stable code. The types that implement it carry its facts.',
  fields: (t) => ({
    code: t.string({ description: 'Stable; see docs/errors.md.', resolve: (refusal) => refusal.code }),
    message: t.string({
      description: 'For people, in the locale of the request.',
      resolve: (refusal, _args, context) => messageOf(refusal, context),
    }),
    path: t.stringList({
      description: 'The input field it is about, outermost first.',
      resolve: (refusal) => [...refusal.path],
    }),
  }),
  resolveType: (refusal) => errorTypeName(refusal.code),
})

builder.objectType(builder.objectRef<Refusal>('PlainError'), {
  description: 'A refusal without further facts.',
  interfaces: [UserError],
})

const FIELD_TYPE = {
  string: 'String',
  int: 'Int',
  money: 'Money',
  time: 'String',
  sentence: 'String',
  noun: 'String',
} as const

const defineErrorType = (code: string, spec: RefusalSpec): void => {
  const facts: [string, FactKind][] = Object.entries(spec.data)
  if (facts.length === 0) return
  builder.objectType(builder.objectRef<Refusal>(errorTypeName(code)), {
    description: `${spec.en} ${spec.fix}`,
    interfaces: [UserError],
    fields: (t) =>
      Object.fromEntries(
        facts.map(([name, kind]) => [
          name,
          kind === 'strings'
            ? t.stringList({ resolve: ({ data }) => data[name] as string[] })
            : t.field({
                type: FIELD_TYPE[kind],
                resolve: ({ data }, _args, { locale }) => factValue(kind, data[name], locale) as never,
              }),
        ]),
      ),
  })
}

const factValue = (kind: FactKind, value: unknown, locale: Locale): unknown => {
  if (kind === 'sentence') return sentenceIn(value, locale)
  if (kind !== 'money') return value
  const { amountMinor, currency } = value as { amountMinor: number | string | bigint; currency: string }
  return money(BigInt(amountMinor), currency)
}

const OWN_FIELDS: ReadonlySet<string> = new Set(['code', 'message', 'path'])

/** Makes the refusals of a slice known to the API: one error type per code with facts, and its sentences. */
export const registerRefusals = (refusals: RefusalCatalogue): void => {
  for (const [code, spec] of Object.entries(refusals)) {
    if (catalogue.has(code)) throw new Error(`Two slices own the refusal ${code}`)
    const hidden = Object.keys(spec.data).find((fact) => OWN_FIELDS.has(fact))
    if (hidden) throw new Error(`A fact of ${code} is named ${hidden}, which every UserError has of its own`)
    catalogue.set(code, spec)
    defineErrorType(code, spec)
  }
}

/** Every refusal that the API can answer, for `docs/errors.md`. */
export const refusalCatalogue = (): ReadonlyMap<string, RefusalSpec> => catalogue

/** A refusal as a top-level error, for queries, which have no `userErrors`. */
export const refusalError = (refusal: Refusal, context: RequestContext): GraphQLError => {
  const kinds = catalogue.get(refusal.code)?.data
  const said = ([name, fact]: [string, unknown]) =>
    [name, kinds?.[name] === 'sentence' ? sentenceIn(fact, context.locale) : fact] as const
  const data = Object.fromEntries(Object.entries(refusal.data).map(said))
  return new GraphQLError(messageOf(refusal, context), {
    extensions: {
      code: refusal.code,
      data: JSON.parse(JSON.stringify(data, bigintAsNumber)),
      ...(refusal.path.length > 0 && { path: refusal.path }),
    },
  })
}

const bigintAsNumber = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

registerRefusals(COMMON.catalogue)
