import {
  builder,
  defineMutation,
  defineSubscription,
  type Payload,
  readId,
  refusalError,
  type RequestContext,
} from '@hilo/graphql'
import { decodeId, mayIn, type Uuid } from '@hilo/kernel'
import type { StoredEvent } from '@hilo/db'
import { cancelJob, createExport, createImport, type JobKey } from '../create-job.ts'
import { BULK_JOB_CHANGED, BULK_JOB_CREATED } from '../events.ts'
import { EmptyEnum, FormatEnum, job, KindEnum, ModeEnum, PERMISSIONS } from './job.ts'

const access = { anyPermission: PERMISSIONS } as const

const jobField = {
  type: job.ref,
  nullable: true,
  resolve: ({ value }: Payload<JobKey>, _args: object, ctx: RequestContext) =>
    value && job.byId(ctx, value.jobId),
} as const

defineMutation('bulkImportCreate', {
  description:
    'Makes an import that begins when its file is there: PUT it to uploadUrl. Refuses BULK_TOO_MANY_JOBS, BULK_SETTINGS_INVALID, FORBIDDEN.',
  access,
  input: (t) => ({
    kind: t.field({ type: KindEnum, required: true }),
    format: t.field({ type: FormatEnum, required: true }),
    mode: t.field({ type: ModeEnum, description: 'Default UPSERT.' }),
    dryRun: t.boolean({ description: 'Checks everything, writes the report, and changes nothing.' }),
    system: t.string({ description: 'Whose external keys the rows name; default "default".' }),
    emptyCells: t.field({ type: EmptyEnum, description: 'Default KEEP.' }),
    locale: t.field({
      type: 'LanguageTag',
      description: 'Of texts that name no language; default that of the request.',
    }),
    delimiter: t.string({ description: 'Of CSV: , ; | or a tab; found by the header when not said.' }),
    priceList: t.string({ description: 'The code of the list for prices that stand with products.' }),
    saleList: t.string({ description: 'The list for reduced ones, whose former price goes to priceList.' }),
    location: t.string({ description: 'The code of the location for stock that stands with products.' }),
    productType: t.string({ description: 'The code of the type of new products that say none.' }),
    channels: t.stringList({
      description: 'Codes, for new products that say none; every open one when not said.',
    }),
    fileName: t.string(),
  }),
  run: (ctx, { kind, format, ...input }) =>
    createImport(ctx, {
      kind,
      format,
      settings: {
        mode: input.mode ?? 'UPSERT',
        dryRun: input.dryRun ?? false,
        system: input.system ?? 'default',
        emptyCells: input.emptyCells ?? 'KEEP',
        locale: input.locale ?? ctx.languages?.[0] ?? ctx.locale,
        delimiter: input.delimiter ?? undefined,
        priceList: input.priceList ?? undefined,
        saleList: input.saleList ?? undefined,
        location: input.location ?? undefined,
        productType: input.productType ?? undefined,
        channels: input.channels ?? undefined,
        fileName: input.fileName ?? undefined,
      },
    }),
  payload: (t) => ({ job: t.field(jobField) }),
})

const WhereInput = builder.inputType('BulkExportWhere', {
  description: 'Which rows an export holds; what does not fit its kind does not narrow.',
  fields: (t) => ({
    status: t.string({ description: 'Of products: DRAFT, PUBLISHED, ARCHIVED.' }),
    productType: t.string({ description: 'The code of a product type.' }),
    category: t.string({ description: 'The slug of a category.' }),
    updatedSince: t.field({ type: 'DateTime', description: 'Of products.' }),
    priceList: t.string({ description: 'The code of a price list.' }),
    location: t.string({ description: 'The code of a location.' }),
  }),
})

defineMutation('bulkExportCreate', {
  description:
    'Makes an export, which begins at once; its file is at fileUrl when it is DONE. Refuses BULK_TOO_MANY_JOBS, FORBIDDEN.',
  access,
  input: (t) => ({
    kind: t.field({ type: KindEnum, required: true }),
    format: t.field({ type: FormatEnum, required: true }),
    system: t.string({ description: 'Whose external keys the rows name; default "default".' }),
    where: t.field({ type: WhereInput }),
    formulaSafe: t.boolean({
      description:
        'Puts a quote in front of cells of CSV that a spreadsheet would reckon. Such a file is for reading, not for importing. When not said, true for CUSTOMERS, who write their names themselves.',
    }),
  }),
  run: (ctx, { kind, format, system, where, formulaSafe }) =>
    createExport(ctx, {
      kind,
      format,
      settings: {
        system: system ?? 'default',
        formulaSafe: formulaSafe ?? kind === 'CUSTOMERS',
        where: {
          status: where?.status ?? undefined,
          productType: where?.productType ?? undefined,
          category: where?.category ?? undefined,
          updatedSince: where?.updatedSince?.toISOString(),
          priceList: where?.priceList ?? undefined,
          location: where?.location ?? undefined,
        },
      },
    }),
  payload: (t) => ({ job: t.field(jobField) }),
})

defineMutation('bulkJobCancel', {
  description: 'Stops a job; what it has saved stays. Refuses BULK_JOB_OVER.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, { id: publicId }) => {
    const id = readId('bulkJob', publicId, ['id'])
    return id.ok ? cancelJob(ctx, id.value) : id
  },
  payload: (t) => ({ job: t.field(jobField) }),
})

const Change = builder.objectRef<StoredEvent>('BulkJobChange').implement({
  description: 'A job was made, came on, or is over; while it runs at most once a second.',
  fields: (t) => ({
    eventId: t.id({
      description: 'Pass it as `after` to go on from here.',
      resolve: ({ position }) => position,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    job: t.field({
      type: job.ref,
      nullable: true,
      resolve: ({ aggregateId }, _args, ctx) => job.byId(ctx, aggregateId as Uuid),
    }),
  }),
})

defineSubscription('bulkJobChanged', {
  description: 'How far imports and exports are.',
  type: Change,
  access,
  events: [BULK_JOB_CREATED, BULK_JOB_CHANGED],
  args: (arg) => ({ id: arg.id({ description: 'Only of this one.' }) }),
  before: async ({ id }, ctx) => {
    const read = id == null ? undefined : readId('bulkJob', id, ['id'])
    if (read && !read.ok) throw refusalError(read.error, ctx)
  },
  wants: ({ aggregateId, permission }, { id }, { actor }) =>
    (id == null || decodeId('bulkJob', id) === aggregateId) &&
    (permission === null || mayIn(actor, permission, {})),
  resolve: (event) => event,
})
