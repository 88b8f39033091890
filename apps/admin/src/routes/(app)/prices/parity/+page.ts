import { explain } from '#lib/api/explain.ts'
import { read } from '#lib/api/read.ts'
import { request } from '#lib/api/request.ts'
import { askedIn, comparisonOf, isComplete, type ParityAsked } from '#lib/parity/asked.ts'
import { ParityChoices, type ParityReportData, ReadParity, VariantNames } from '#lib/parity/parity.ts'
import { need } from '#lib/shell/viewer.ts'
import type { PageLoad } from './$types'

interface Answer {
  readonly report?: ParityReportData
  readonly failure?: string
}

const reportOf = async (fetch: typeof globalThis.fetch, asked: ParityAsked): Promise<Answer> => {
  if (!isComplete(asked)) return {}
  // Now is a time too, as soon as another is asked for.
  const times = asked.times.length > 0 ? [new Date().toISOString(), ...asked.times] : null
  const input = { ...comparisonOf(asked), times }
  return request(fetch, ReadParity, { input }).then(
    ({ parityReport }) => ({ report: parityReport }),
    (cause: unknown) => ({ failure: explain(cause) }),
  )
}

export const load: PageLoad = async (event) => {
  await need(event, 'promotions:read')
  const asked = askedIn(event.url.searchParams)
  const [choices, answer, named] = await Promise.all([
    read(event, ParityChoices, {}),
    reportOf(event.fetch, asked),
    asked.variantIds.length > 0 ? read(event, VariantNames, { ids: asked.variantIds }) : undefined,
  ])
  const names = (named?.nodes ?? []).flatMap((node) =>
    node?.__typename === 'Variant' ? [[node.id, node.sku] as const] : [],
  )
  return { asked, choices, names, report: answer.report, failure: answer.failure }
}
