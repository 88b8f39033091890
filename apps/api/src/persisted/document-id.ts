import { createHash } from 'node:crypto'

const DOCUMENT_ID = /^sha256:([0-9a-f]{64})$/
const HASH = /^[0-9a-f]{64}$/

/** The hash of a document's text, by which it is stored. */
export const hashOfDocument = (document: string): Buffer => createHash('sha256').update(document).digest()

/** The document id of a hash. */
export const documentIdOfHash = (hash: Uint8Array): string => `sha256:${Buffer.from(hash).toString('hex')}`

/** How a client names a document: `sha256:` and the hash of its text, by the specification GraphQL over HTTP. */
export const documentIdOf = (document: string): string => documentIdOfHash(hashOfDocument(document))

/** The bytes of the hash in a document id; undefined for text that is none. */
export const hashOf = (documentId: string): Buffer | undefined => {
  const hash = DOCUMENT_ID.exec(documentId)?.[1]
  return hash === undefined ? undefined : Buffer.from(hash, 'hex')
}

/** What a request names its operation with, in place of a query. */
interface Naming {
  readonly documentId?: unknown
  readonly extensions?: unknown
}

/**
 * The document id of a request: `documentId`, or `extensions.persistedQuery.sha256Hash` as Apollo's clients send it.
 * Text that is no id comes back as it was sent, at most 100 characters of it.
 */
export const namedBy = ({ documentId, extensions }: Naming): string | undefined => {
  if (typeof documentId === 'string') return documentId.slice(0, 100)
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null }
  const hash = persistedQuery?.sha256Hash
  if (typeof hash !== 'string') return undefined
  return HASH.test(hash) ? `sha256:${hash}` : hash.slice(0, 100)
}
