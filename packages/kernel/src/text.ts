/** A text as a database can hold and compare it: NUL and halves of characters become U+FFFD, which nothing else is. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')

/** True for a day of the calendar as `YYYY-MM-DD`, of the years 1 to 9999. */
export const isDay = (text: string): boolean => {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = new Date(`${text}T00:00:00Z`)
  // A 30th of February becomes a day of March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
}
