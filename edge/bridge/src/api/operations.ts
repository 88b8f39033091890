import { createHash } from 'node:crypto'
import * as documents from './documents.ts'

/** Every operation that the bridge sends. */
export const EDGE_OPERATIONS: readonly string[] = Object.values(documents)

const IDS = new Map(
  EDGE_OPERATIONS.map((text) => [text, `sha256:${createHash('sha256').update(text).digest('hex')}`]),
)

/** The id under which the API has one of the bridge's operations; undefined for any other text. */
export const documentIdOf = (text: string): string | undefined => IDS.get(text)

/** The bridge's operations by their ids, for `operations.json`. */
export const edgeManifest = (): Readonly<Record<string, string>> =>
  Object.fromEntries([...IDS].map(([text, id]) => [id, text]))
