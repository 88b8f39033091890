import { builder, keysetConnection, pageArgs, refusalError } from '@hilo/graphql'
import { actionOf, ACTIONS } from '../action-names.ts'
import { auditKey, auditPage, countAudit } from '../audit-queries.ts'
import { AuditConnection } from './entry.ts'
import { AuditWhere, readWhere } from './where.ts'

builder.queryField('auditEntries', (t) =>
  t.field({
    type: AuditConnection,
    description:
      'Who changed what, when and from where, the newest first. audit:read is a permission for the whole shop: it shows every channel.',
    authScopes: { permission: 'audit:read' },
    args: { ...pageArgs(t.arg), where: t.arg({ type: AuditWhere }) },
    resolve: (_root, { where, ...args }, ctx) => {
      const read = readWhere(where)
      if (!read.ok) throw refusalError(read.error, ctx)
      const filter = read.value
      return keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => auditPage(ctx.db, { filter, ...page }),
        keyOf: auditKey,
        count: () => countAudit(ctx.db, filter),
      })
    },
  }),
)

const AuditAction = builder.objectRef<string>('AuditAction').implement({
  description: 'A kind of entry.',
  fields: (t) => ({
    type: t.string({ resolve: (type) => type }),
    action: t.string({
      description: 'In words of the locale.',
      resolve: (type, _args, { locale }) => actionOf(type, locale),
    }),
  }),
})

builder.queryField('auditActions', (t) =>
  t.field({
    type: [AuditAction],
    description: 'Every kind of entry there can be, for filters.',
    authScopes: { permission: 'audit:read' },
    resolve: () => Object.keys(ACTIONS),
  }),
)
