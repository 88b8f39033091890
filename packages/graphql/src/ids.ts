import {
  COMMON,
  decodeId,
  encodeId,
  ID_PREFIX,
  ok,
  parseId,
  type IdKind,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { GraphQLError } from 'graphql'

const kindOf = (typename: string): IdKind => {
  const kind = typename.charAt(0).toLowerCase() + typename.slice(1)
  if (kind in ID_PREFIX) return kind as IdKind
  throw new Error(`Type ${typename} has no id prefix in the kernel`)
}

const typenameOf = (kind: IdKind): string => kind.charAt(0).toUpperCase() + kind.slice(1)

/** The public id of a row of a node type. */
export const toGlobalId = (typename: string, id: Uuid): string => encodeId(kindOf(typename), id)

/** The node type and database id behind a public id; throws `INVALID_ID` for anything else. */
export const fromGlobalId = (globalId: string): { typename: string; id: Uuid } => {
  const parsed = parseId(globalId)
  if (!parsed) {
    throw new GraphQLError(`${JSON.stringify(globalId.slice(0, 60))} is not an id of this API.`, {
      extensions: { code: 'INVALID_ID' },
    })
  }
  return { typename: typenameOf(parsed.kind), id: parsed.id }
}

/** Reads an id out of an input: the database id, or `INVALID_ID` with the field's path. */
export const readId = (kind: IdKind, text: string, path: readonly string[]): Result<Uuid> => {
  const id = decodeId(kind, text)
  return id ? ok(id) : COMMON.refuse('INVALID_ID', { kind, id: text.slice(0, 60) }, path)
}

/** Reads a list of ids out of an input; the path of a bad one ends with its index. */
export const readIds = (kind: IdKind, texts: readonly string[], path: readonly string[]): Result<Uuid[]> => {
  const ids: Uuid[] = []
  for (const [index, text] of texts.entries()) {
    const id = readId(kind, text, [...path, String(index)])
    if (!id.ok) return id
    ids.push(id.value)
  }
  return ok(ids)
}
