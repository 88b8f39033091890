const NEEDS_QUOTES = /["\r\n,;\t|]|^\s|\s$/

/** What a spreadsheet would reckon (OWASP, “CSV injection”). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** A record as a line of CSV by RFC 4180, with a line feed behind it. */
export const csvLine = (cells: readonly string[], formulaSafe = false): string =>
  `${cells
    .map((cell) => {
      const safe = formulaSafe && FORMULA.test(cell) ? `'${cell}` : cell
      return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(',')}\n`
