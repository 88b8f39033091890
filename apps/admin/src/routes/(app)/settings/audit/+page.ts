import { read } from '#lib/api/read.ts'
import { AuditList } from '#lib/audit/entry.ts'
import { whereOf } from '#lib/audit/filter.ts'
import { cursorOf, trailOf } from '#lib/list/trail.ts'
import type { PageLoad } from './$types'

const PAGE = 50

export const load: PageLoad = async (event) => {
  const { searchParams } = event.url
  const where = whereOf(searchParams, Date.now())
  const { auditEntries, auditActions } = await read(event, AuditList, {
    first: PAGE,
    after: cursorOf(searchParams),
    where,
  })
  return { entries: auditEntries, actions: auditActions, where, isFirst: trailOf(searchParams).length === 0 }
}
