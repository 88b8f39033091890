/** A statement that old code, or a shop that is open, may not survive. */
export interface Unsafe {
  /** The statement, shortened. */
  readonly statement: string
  /** `old code` does not survive it, or everybody waits for a `lock`. */
  readonly kind: 'old code' | 'lock'
  readonly why: string
  readonly instead: string
}

interface Rule {
  readonly pattern: RegExp
  readonly kind: Unsafe['kind']
  /** When it matches too, the statement is fine. */
  readonly unless?: RegExp
  readonly why: string
  readonly instead: string
}

const RULES: readonly Rule[] = [
  {
    pattern:
      /^drop (table|view|type|function|schema)\b|^alter table .*\bdrop (column )?(?!constraint\b|not\b|default\b)/,
    kind: 'old code',
    why: 'Code of the version before still reads what is dropped',
    instead: 'Stop using it now, and drop it in a later release, marked with a contract',
  },
  {
    pattern: /^alter (table|type|view) .*\brename\b/,
    kind: 'old code',
    why: 'Code of the version before knows the old name only',
    instead: 'Add the new name beside the old one, write both, and drop the old one in a later release',
  },
  {
    pattern: /^alter table .*\balter (column )?\S+ (set data )?type\b/,
    kind: 'old code',
    why: 'It writes the whole table anew under a lock, and old code expects the old type',
    instead:
      'Add a column of the new type, write both, copy in batches, and drop the old one in a later release',
  },
  {
    pattern: /^alter table .*\badd (column )?(?:(?!, add).)*(?<!\bis )\bnot null\b/,
    unless: /\bdefault\b|\bgenerated\b/,
    kind: 'old code',
    why: 'Old code inserts rows without this column',
    instead: 'Give it a default, or leave it nullable until all code writes it',
  },
  {
    pattern: /^alter table .*\balter (column )?\S+ set not null\b/,
    kind: 'old code',
    why: 'Old code may still write null, and the check reads the whole table under a lock',
    instead: 'Add a check constraint as not valid, validate it in a later release',
  },
  {
    pattern: /^alter table .*\badd (constraint \S+ )?(check|foreign key|unique|primary key|exclude)\b/,
    unless: /\bnot valid\b/,
    kind: 'lock',
    why: 'It reads the whole table under a lock that writers wait for, and old code may break the rule',
    instead:
      'Add it as not valid, validate it in a later release; unique: an index, made concurrently by hand',
  },
  {
    pattern: /^create (unique )?index\b(?! concurrently)/,
    kind: 'lock',
    why: 'Writers of the table wait until the index is made',
    instead:
      'On a table that can be big make it by hand before: create index concurrently; here: create index if not exists, marked with a contract',
  },
  {
    pattern: /^(lock table|truncate|cluster|vacuum full|reindex)\b/,
    kind: 'lock',
    why: 'Everybody waits until it is over',
    instead: 'Do it by hand, concurrently or in batches',
  },
]

/** `-- contract: why it is safe`, in a comment of the statement. */
const CONTRACT = /^--\s*contract:[ \t]*\S.{9,}/

interface Statement {
  readonly text: string
  readonly isContract: boolean
}

/** Quoted text by dollars or apostrophes, and comments. */
const OPAQUE = /\$(\w*)\$[^]*?\$\1\$|'(?:[^']|'')*'|--.*$|\/\*[^]*?\*\//gm
const MARK = '\u0001'

/** Cuts a file into statements; what is quoted counts as one word, comments as none. */
const statementsOf = (sql: string): Statement[] =>
  sql
    .replaceAll(OPAQUE, (part) => (CONTRACT.test(part) ? MARK : /^[-/]/.test(part) ? ' ' : "'…'"))
    .split(';')
    .map((part) => ({
      isContract: part.includes(MARK),
      text: part.replaceAll(MARK, ' ').replaceAll(/\s+/g, ' ').trim().toLowerCase(),
    }))
    .filter(({ text }) => text !== '')

/** The table that a statement is about. */
const tableOf = (text: string): string | undefined =>
  /^(?:alter table|create(?: unique)? index.*? on|lock table|truncate)(?: if exists| only| table)* "?(\w+)/.exec(
    text,
  )?.[1]

/**
 * The statements of a migration that break code of the version before, or hold up an open shop. A table that the same
 * file makes is nobody's yet: everything may be done to it.
 */
export const unsafeStatements = (sql: string): Unsafe[] => {
  const statements = statementsOf(sql)
  const made = new Set(
    statements.flatMap(({ text }) => /^create table (?:if not exists )?"?(\w+)/.exec(text)?.[1] ?? []),
  )
  return statements
    .filter(({ text, isContract }) => !isContract && !made.has(tableOf(text) ?? ''))
    .flatMap(({ text }) =>
      RULES.filter(({ pattern, unless }) => pattern.test(text) && !unless?.test(text)).map(
        ({ kind, why, instead }) => ({
          statement: text.slice(0, 100),
          kind,
          why,
          instead,
        }),
      ),
    )
}
