import type { Permission, Refusal, Uuid } from '@hilo/kernel'

/** What a job brings in or takes out. */
export const BULK_KINDS = ['PRODUCTS', 'PRICES', 'STOCK', 'CUSTOMERS', 'PROMOTIONS'] as const
export type BulkKind = (typeof BULK_KINDS)[number]

/** How a file is written. */
export const BULK_FORMATS = ['CSV', 'JSONL'] as const
export type BulkFormat = (typeof BULK_FORMATS)[number]

/** UPLOADING waits for its file; QUEUED and RUNNING go on by themselves; the others are final. */
export const BULK_STATES = ['UPLOADING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const
export type BulkState = (typeof BULK_STATES)[number]

export const BULK_MODES = ['UPSERT', 'CREATE', 'UPDATE'] as const
export type BulkMode = (typeof BULK_MODES)[number]

export const EMPTY_CELLS = ['KEEP', 'CLEAR'] as const
export type EmptyCells = (typeof EMPTY_CELLS)[number]

/** How an import reads and writes. */
export interface ImportSettings {
  readonly mode: BulkMode
  /** Checks everything and writes nothing but the report. */
  readonly dryRun: boolean
  /** Whose external keys the rows name. */
  readonly system: string
  readonly emptyCells: EmptyCells
  /** The language of texts that name none. */
  readonly locale: string
  readonly delimiter?: string | undefined
  /** Codes of lists that a product's prices go to, and of a location for its stock. */
  readonly priceList?: string | undefined
  readonly saleList?: string | undefined
  readonly location?: string | undefined
  /** The type of new products that say none. */
  readonly productType?: string | undefined
  /** Codes of the channels of new products that say none; without it every open one. */
  readonly channels?: readonly string[] | undefined
  /** The name of the file, for people. */
  readonly fileName?: string | undefined
}

/** What an export takes out, and how. */
export interface ExportSettings {
  readonly system: string
  readonly where: ExportWhere
  /** A quote in front of cells that a spreadsheet would take for a formula. Such a file is for reading. */
  readonly formulaSafe: boolean
}

/** Which rows an export holds; everything that is left out does not narrow. */
export interface ExportWhere {
  readonly status?: string | undefined
  readonly productType?: string | undefined
  readonly category?: string | undefined
  readonly updatedSince?: string | undefined
  readonly priceList?: string | undefined
  readonly location?: string | undefined
}

/** Why a whole job failed, or what it noticed of its file. */
export type Problem = Pick<Refusal, 'code' | 'data'>

/** A column that was not taken, or another thing that the shop has not, or takes otherwise. */
export interface Warning {
  readonly column: string
  readonly reason: 'UNKNOWN_COLUMN' | 'NOT_TAKEN' | 'NO_CATEGORY' | 'NO_COLLECTION' | 'UNLISTED'
  /** What it is about, such as what the shop has not; the first of it. */
  readonly names?: readonly string[]
}

/** How many records had which end. */
export interface Counts {
  readonly records: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
}

/** An import or export as people see it. */
export interface BulkJob extends Counts {
  readonly id: Uuid
  readonly direction: 'IMPORT' | 'EXPORT'
  readonly kind: BulkKind
  readonly format: BulkFormat
  readonly state: BulkState
  readonly settings: ImportSettings | ExportSettings
  readonly actorKey: string
  readonly bytes: number
  readonly position: number
  readonly warnings: readonly Warning[]
  readonly problem: Problem | null
  readonly secret: Uint8Array
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

type Noun = 'catalog' | 'prices' | 'stock' | 'customers' | 'promotions'

const NOUN: Readonly<Record<BulkKind, Noun>> = {
  PRODUCTS: 'catalog',
  PRICES: 'prices',
  STOCK: 'stock',
  CUSTOMERS: 'customers',
  PROMOTIONS: 'promotions',
}

/** What a job of this kind takes: to write for an import, to read for an export. */
export const permissionOf = ({ kind, direction }: Pick<BulkJob, 'kind' | 'direction'>): Permission =>
  `${NOUN[kind]}:${direction === 'IMPORT' ? 'write' : 'read'}`

/** True when nothing will happen to it any more. */
export const isOver = ({ state }: Pick<BulkJob, 'state'>): boolean =>
  state === 'DONE' || state === 'FAILED' || state === 'CANCELLED'

/** Refused rows that a job keeps; more are only counted. */
export const MAX_REFUSALS = 10_000
/** Jobs of a shop that are not over. */
export const MAX_OPEN_JOBS = 20
