import {
  builder,
  connectionType,
  defineNode,
  keysetConnection,
  loadMany,
  pageArgs,
  registerRefusals,
} from '@hilo/graphql'
import { BULK } from '../errors.ts'
import { firstRefusals, type KeptRefusal, sentenceOf } from '../files/report.ts'
import { linkOf } from '../files/links.ts'
import {
  BULK_FORMATS,
  BULK_KINDS,
  BULK_MODES,
  BULK_STATES,
  type BulkJob,
  EMPTY_CELLS,
  isOver,
  permissionOf,
  type Problem,
  type Warning,
} from '../job.ts'
import { countJobs, jobPage, jobsByIds } from '../job-queries.ts'
import { warningSentence } from '../warnings.ts'

registerRefusals(BULK.catalogue)

export const job = defineNode('BulkJob', ({ db, actor }, ids) => jobsByIds(db, actor, ids))

export const KindEnum = builder.enumType('BulkKind', {
  description:
    'What a job is about. It takes the permission to write it for an import, to read it for an export.',
  values: BULK_KINDS,
})
export const FormatEnum = builder.enumType('BulkFormat', {
  description: 'CSV has a header and a row for each variant; JSONL has an object on each line.',
  values: BULK_FORMATS,
})
export const StateEnum = builder.enumType('BulkState', {
  description: 'UPLOADING waits for its file; QUEUED and RUNNING go on by themselves; the others are final.',
  values: BULK_STATES,
})
export const ModeEnum = builder.enumType('BulkMode', {
  description: 'UPSERT creates what is not there and changes what is; the others refuse one of both.',
  values: BULK_MODES,
})
export const EmptyEnum = builder.enumType('BulkEmptyCells', {
  description: 'An empty cell leaves the field as it is, or clears it.',
  values: EMPTY_CELLS,
})
const DirectionEnum = builder.enumType('BulkDirection', { values: ['IMPORT', 'EXPORT'] as const })

const RefusalType = builder.objectRef<KeptRefusal>('BulkRefusal').implement({
  description: 'Why a row was refused. Nothing of what it belongs to was saved.',
  fields: (t) => ({
    line: t.field({ type: 'SafeInt', description: 'Of the file, from 1.', resolve: ({ line }) => line }),
    record: t.exposeString('record', { nullable: true, description: 'The key, slug, SKU or e-mail.' }),
    path: t.exposeString('path', {
      description: 'The field, such as variants.1.sku; empty for the whole row.',
    }),
    code: t.exposeString('code', { description: 'See docs/errors.md.' }),
    message: t.string({ resolve: (row, _args, { locale }) => sentenceOf(row, locale) }),
  }),
})

const WarningType = builder.objectRef<Warning>('BulkWarning').implement({
  description:
    'A column that was not taken, or what a file names and the shop has not or takes otherwise; rows are saved all the same.',
  fields: (t) => ({
    column: t.exposeString('column'),
    reason: t.exposeString('reason'),
    message: t.string({ resolve: (warning, _args, { locale }) => warningSentence(warning)[locale] }),
  }),
})

const ProblemType = builder.objectRef<Problem>('BulkProblem').implement({
  description: 'Why a whole job failed.',
  fields: (t) => ({
    code: t.exposeString('code'),
    message: t.string({ resolve: (problem, _args, { locale }) => sentenceOf(problem, locale) }),
  }),
})

/** Refused rows that a job tells in one answer; the report has all that were kept. */
const MAX_TOLD = 200

const refusals = loadMany(
  ({ db }, ids: string[]) => firstRefusals(db, ids, MAX_TOLD),
  ({ jobId }) => jobId,
)

const count = (field: 'records' | 'created' | 'updated' | 'unchanged' | 'refused') => (row: BulkJob) =>
  row[field]

builder.node(job.ref, {
  ...job.options,
  description: 'An import or an export, done in the background. Kept for some days after its end.',
  fields: (t) => ({
    direction: t.field({ type: DirectionEnum, resolve: (row) => row.direction }),
    kind: t.field({ type: KindEnum, resolve: (row) => row.kind }),
    format: t.field({ type: FormatEnum, resolve: (row) => row.format }),
    state: t.field({ type: StateEnum, resolve: (row) => row.state }),
    settings: t.field({ type: 'JSON', resolve: (row) => row.settings }),
    bytes: t.field({
      type: 'SafeInt',
      description: 'Of its file, as far as it is there.',
      resolve: (row) => row.bytes,
    }),
    position: t.field({
      type: 'SafeInt',
      description: 'Bytes of the file that are done.',
      resolve: (row) => row.position,
    }),
    records: t.field({ type: 'SafeInt', description: 'Things looked at so far.', resolve: count('records') }),
    created: t.field({ type: 'SafeInt', resolve: count('created') }),
    updated: t.field({ type: 'SafeInt', resolve: count('updated') }),
    unchanged: t.field({ type: 'SafeInt', resolve: count('unchanged') }),
    refused: t.field({ type: 'SafeInt', resolve: count('refused') }),
    warnings: t.field({ type: [WarningType], resolve: (row) => [...row.warnings] }),
    problem: t.field({ type: ProblemType, nullable: true, resolve: (row) => row.problem }),
    refusals: t.field({
      type: [RefusalType],
      description: 'The first refused rows, at most 200; the report has up to 10,000.',
      resolve: async (row, _args, ctx) => [...(await refusals(ctx, row.id))],
    }),
    uploadUrl: t.string({
      nullable: true,
      description:
        'A path of this server that takes the file by PUT, in one piece or in parts: see docs/guides/bulk.md. Signed, for a day.',
      resolve: (row, _args, { now }) => (row.state === 'UPLOADING' ? linkOf(row, 'upload', now()) : null),
    }),
    fileUrl: t.string({
      nullable: true,
      description: 'A path of this server with the file of an export that is done. Signed, for a day.',
      resolve: (row, _args, { now }) =>
        row.direction === 'EXPORT' && row.state === 'DONE' ? linkOf(row, 'file', now()) : null,
    }),
    reportUrl: t.string({
      nullable: true,
      description: 'A path of this server with the warnings and refused rows as CSV. Signed, for a day.',
      resolve: (row, _args, { now }) =>
        row.refused > 0 || row.warnings.length > 0 ? linkOf(row, 'report', now()) : null,
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (row) => row.createdAt }),
    startedAt: t.field({ type: 'DateTime', nullable: true, resolve: (row) => row.startedAt }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: (row) => row.finishedAt }),
    isOver: t.boolean({ description: 'Nothing will happen to it any more.', resolve: isOver }),
  }),
})

const JobConnection = connectionType(job.ref, 'BulkJob')

/** What some job takes: anybody who may make one may look at jobs. */
export const PERMISSIONS = (['IMPORT', 'EXPORT'] as const).flatMap((direction) =>
  BULK_KINDS.map((kind) => permissionOf({ kind, direction })),
)

builder.queryField('bulkJob', (t) =>
  t.field({
    type: job.ref,
    description: 'An import or export: of what you may do in the whole shop, or your own.',
    authScopes: { anyPermission: PERMISSIONS },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => job.require(ctx, id),
  }),
)

builder.queryField('bulkJobs', (t) =>
  t.field({
    type: JobConnection,
    description: 'Imports and exports of what you may do in the whole shop, and your own, the newest first.',
    authScopes: { anyPermission: PERMISSIONS },
    args: {
      ...pageArgs(t.arg),
      kind: t.arg({ type: KindEnum }),
      direction: t.arg({ type: DirectionEnum }),
      state: t.arg({ type: StateEnum }),
    },
    resolve: (_root, { kind, direction, state, ...args }, ctx) => {
      const filter = { kind, direction, state }
      return keysetConnection(ctx, {
        args,
        width: 1,
        rows: (page) => jobPage(ctx.db, ctx.actor, { filter, ...page }),
        keyOf: ({ id }) => [id],
        count: () => countJobs(ctx.db, ctx.actor, filter),
      })
    },
  }),
)
