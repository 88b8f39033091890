import type { Executor } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { SEARCH } from './errors.ts'

interface Asked {
  readonly facets: readonly string[]
  readonly sort: { readonly by: string; readonly attribute?: string | undefined }
}

const PREFIX = 'attribute:'

/**
 * Refuses facets and a sort of attributes that products are not told apart by, internal ones like unknown ones; in one
 * statement, or in none when no attribute is named.
 */
export const checkAttributes = async (
  db: Executor<'attribute'>,
  { facets, sort }: Asked,
): Promise<Result<null>> => {
  const codeOf = (facet: string) => (facet.startsWith(PREFIX) ? facet.slice(PREFIX.length) : undefined)
  const sorted = sort.by === 'ATTRIBUTE' ? [sort.attribute ?? ''] : []
  const codes = [...facets.flatMap((facet) => codeOf(facet) ?? []), ...sorted]
  if (codes.length === 0) return ok(null)
  const rows = await db
    .selectFrom('attribute')
    .select(['code', 'kind'])
    .where('code', 'in', codes)
    .where('filterable', '=', true)
    .where('internal', '=', false)
    .execute()
  const kinds = new Map(rows.map(({ code, kind }) => [code, kind]))
  const unknown = facets.findIndex((facet) => {
    const code = codeOf(facet)
    return code !== undefined && !kinds.has(code)
  })
  if (unknown !== -1) {
    const facet = facets[unknown]!.slice(0, 60)
    return SEARCH.refuse('SEARCH_FACET_UNKNOWN', { facet }, ['facets', String(unknown)])
  }
  const strange = sorted.find((code) => !['NUMBER', 'DATE'].includes(kinds.get(code) ?? ''))
  return strange === undefined
    ? ok(null)
    : SEARCH.refuse('SEARCH_SORT_ATTRIBUTE_UNKNOWN', { attribute: strange.slice(0, 60) }, [
        'sort',
        'attribute',
      ])
}
