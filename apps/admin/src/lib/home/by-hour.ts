import { hourOf } from '#lib/format/day.ts'

/** How many orders were placed in each of the 24 hours that the wall clock of a time zone shows. */
export const byHour = (
  hours: readonly { readonly start: string; readonly count: number }[],
  timeZone: string,
): number[] => {
  const counts = Array.from({ length: 24 }, () => 0)
  for (const { start, count } of hours) counts[hourOf(new Date(start), timeZone)]! += count
  return counts
}
