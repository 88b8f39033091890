import type { Context } from '@hilo/db'
import type { Refusal, Result } from '@hilo/kernel'
import type { ExportWhere, ImportSettings, Warning } from './job.ts'
import type { GroupOf } from './read/units.ts'
import type { Row } from './read/rows.ts'

/** What a file says without knowing the shop. */
export interface Hints {
  /** An attribute stands in every row, and only its type says whose it is. */
  readonly splitAttributes?: true
  /** The options are what the variants choose: what is there keeps its names. */
  readonly derivedOptions?: true
  /** Categories, collections and attributes that the shop has not are left out. */
  readonly onlyKnown?: true
  /** Its goods are only how they reach the customer: what the shop knows more exactly stays. */
  readonly looseGoods?: true
  /** The codes of its options and their values, and what its variants choose, are texts: see `codeOptions`. */
  readonly optionTexts?: true
  /** Its slug was made of its key: the slugs under which the product may be there without that key. */
  readonly madeSlugs?: readonly string[]
  /** For each variant whose SKU was made, one that no other row of any file makes. */
  readonly madeSkus?: readonly (string | undefined)[]
  /** Whose its keys are, whatever the settings say. */
  readonly system?: string
  /** What is taken otherwise than its rows say. */
  readonly warnings?: readonly Warning[]
}

/** One thing to be imported, as its rows or its JSON say. */
export interface Entry {
  readonly line: number
  /** Not looked at yet. */
  readonly item: unknown
  /** The file could not know: what is of a product and what of its variants, or what the shop has at all. */
  readonly hints?: Hints
  /** The line that a path of the item stands at; the entry's own when absent. */
  readonly lineOf?: (path: readonly string[]) => number
}

/** What became of an entry. */
export type Outcome =
  | {
      readonly is: 'CREATED' | 'UPDATED' | 'UNCHANGED'
      readonly id?: string
      /** What was left out of it. */
      readonly warnings?: readonly Warning[]
    }
  | { readonly is: 'REFUSED'; readonly refusals: readonly Refusal[]; readonly record?: string | undefined }

/** How the rows of a file with a certain header are read. */
export interface CsvPlan {
  readonly groupOf: GroupOf
  readonly toEntry: (rows: readonly Row[]) => Entry
  readonly warnings: readonly Warning[]
}

/** Where an export goes on: behind this row. */
export type ExportCursor = readonly string[]

/** A page of an export. */
export interface ExportPage {
  readonly items: readonly object[]
  /** Nothing behind the last page. */
  readonly next?: ExportCursor | undefined
}

/** Everything that tells one kind of thing from another, in and out. */
export interface Kind {
  /** Entries of one transaction. */
  readonly batch: number
  readonly plan: (header: readonly string[], settings: ImportSettings) => Result<CsvPlan>
  /** Writes entries in few statements, each whole or not at all; throws only for what nobody expects. */
  readonly apply: (ctx: Context, entries: readonly Entry[], settings: ImportSettings) => Promise<Outcome[]>
  readonly page: (
    ctx: Context,
    options: {
      readonly after: ExportCursor | undefined
      readonly system: string
      readonly where: ExportWhere
    },
  ) => Promise<ExportPage>
  /** The columns of a CSV file, and the rows of an item in them. */
  readonly columns: (ctx: Context) => Promise<readonly string[]>
  readonly toRows: (item: never, columns: readonly string[]) => readonly (readonly string[])[]
}

/** A refusal as an outcome. */
export const refusedBecause = (refusals: readonly Refusal[], record?: string): Outcome => ({
  is: 'REFUSED',
  refusals: refusals.flatMap(({ more = [], ...first }) => [first, ...more]),
  record,
})
