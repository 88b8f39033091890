/** Where a list stands: the cursors of the pages before, oldest first. They stand in the address as `after`, repeated. */
export type Trail = readonly string[]

const LONGEST = 200

/** The trail in an address. */
export const trailOf = (params: URLSearchParams): Trail => params.getAll('after').slice(-LONGEST)

/** The cursor that the page of an address continues after; none on the first page. */
export const cursorOf = (params: URLSearchParams): string | null => trailOf(params).at(-1) ?? null

/** The address of a page of the same list, such as `?status=PLACED&after=…`. */
export const withTrail = (params: URLSearchParams, trail: Trail): string => {
  const next = new URLSearchParams(params)
  next.delete('after')
  for (const cursor of trail) next.append('after', cursor)
  return `?${next}`
}

/** The address of the list's first page with other filters; those without a value are left out. */
export const withFilters = (
  params: URLSearchParams,
  filters: Readonly<Record<string, string | undefined>>,
): string => {
  const next = new URLSearchParams(params)
  next.delete('after')
  for (const [name, value] of Object.entries(filters)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return `?${next}`
}
