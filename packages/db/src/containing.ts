/** The pattern of `ilike` for text that contains this, wildcards taken literally; Postgres has no NUL in text. */
export const containing = (search: string): string =>
  `%${search
    .replaceAll('\0', '')
    .trim()
    .replace(/[\\%_]/g, String.raw`\$&`)}%`
