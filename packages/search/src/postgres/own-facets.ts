import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import { type FacetResult, withoutOwn } from '../engine.ts'
import { type FacetRow, facetRows, toFacets } from './facets.ts'
import type { SearchTables } from './index-documents.ts'
import { fitsDocument, mayFit, type Question } from './matching.ts'
import { anew, WINDOW } from './page.ts'

/** What facets with a filter of their own are counted in, by facet: each without it. */
export const ownQuestions = (question: Question): ReadonlyMap<string, Question> =>
  new Map(
    question.facets.flatMap((facet) => {
      const filter = withoutOwn(question.filter, facet)
      const tags = question.tags.filter((tag) => tag.facet !== facet)
      return filter ? [[facet, { ...question, filter, tags, facets: [facet] }] as const] : []
    }),
  )

/** Counts one facet in each question, or in 2,000 products of it, in one statement; in none when nothing can fit. */
export const countOwn = async (
  db: Executor<SearchTables>,
  questions: readonly Question[],
): Promise<readonly FacetResult[]> => {
  const looks = questions.filter(mayFit).map(
    (question) => sql`(
      with matched as materialized (
        select product_id, tags from search_document as document
        where ${fitsDocument(question)} limit ${sql.raw(String(WINDOW))}
      ) select ${facetRows(question, WINDOW)} as counts
    )`,
  )
  if (looks.length === 0) return []
  const { rows } = await sql<{ counts: readonly FacetRow[] | null }>`${anew}
    ${sql.join(looks, sql` union all `)}`.execute(db)
  return toFacets(
    questions.flatMap(({ facets }) => facets),
    rows.flatMap(({ counts }) => counts ?? []),
  )
}
