import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  MoneyType,
  pageArgs,
  type Payload,
  readId,
  type RequestContext,
} from '@hilo/graphql'
import { encodeId, money, reachOf } from '@hilo/kernel'
import { PARITY_WITHIN } from '../parity/judge.ts'
import type { Missing } from '../parity/missing.ts'
import { createWatch, deleteWatch, type WatchKey } from '../parity/save-watch.ts'
import { type KeptFinding, WATCH_STATES } from '../parity/watch.ts'
import { countWatches, watchesByIds, watchPage } from '../parity/watch-queries.ts'
import { VIEWING } from '../view-as/viewer.ts'
import { comparison, readComparison } from './comparison.ts'
import { ParityCodeEnum } from './parity.ts'

const reachesOf = ({ actor }: RequestContext) => VIEWING.map((permission) => reachOf(actor, permission))

export const parityWatch = defineNode('ParityWatch', (ctx, ids) => watchesByIds(ctx.db, reachesOf(ctx), ids))

const ParityWithinEnum = builder.enumType('ParityWithin', {
  description: 'Which columns shall cost the same: those of a market, or of all markets of a currency.',
  values: PARITY_WITHIN,
})

const ParityWatchStateEnum = builder.enumType('ParityWatchState', {
  description: 'NEW until it was checked once; BROKEN by findings, or because what it compares is missing.',
  values: WATCH_STATES,
})

const unit = (read: (finding: KeptFinding) => number | null) => ({
  type: MoneyType,
  nullable: true as const,
  description: 'One unit on the shelf; null where it is not sold.',
  resolve: (finding: KeptFinding) => {
    const minor = read(finding)
    return minor === null ? null : money(BigInt(minor), finding.currency)
  },
})

const ParityFindingType = builder.objectRef<KeptFinding>('ParityFinding').implement({
  description: 'A variant that does not cost the same for two viewers, as it was found.',
  fields: (t) => ({
    variantId: t.exposeID('variantId'),
    sku: t.exposeString('sku'),
    viewer: t.exposeString('viewer', { description: 'Channel, segment, device and time.' }),
    baseline: t.exposeString('baseline', { description: 'Whom it is compared with.' }),
    unit: t.field(unit(({ unitMinor }) => unitMinor)),
    baselineUnit: t.field(unit(({ baselineMinor }) => baselineMinor)),
    codes: t.field({ type: [ParityCodeEnum], resolve: ({ reasons }) => reasons.map(({ code }) => code) }),
    facts: t.field({
      type: ['JSON'],
      description: 'One for each code.',
      resolve: ({ reasons }) => reasons.map(({ facts }) => facts),
    }),
    messages: t.stringList({
      description: 'The same for people, in the locale of the request.',
      resolve: ({ messages }, _args, { locale }) => [...messages[locale]],
    }),
  }),
})

const ParityMissingType = builder.objectRef<Missing>('ParityMissing').implement({
  description:
    'What a watch was to compare and that is no longer there: nothing is compared until it is back.',
  fields: (t) => ({
    kind: t.exposeString('kind', {
      description:
        'category, collection, channel, segment or variant; watch when it can no longer be compared as it was made, as the message says: a category or collection that has grown beyond 2,000 cells is compared in part.',
    }),
    id: t.exposeID('id', { description: 'Of what is gone; of several variants the first.' }),
    message: t.string({
      description: 'For people, in the locale of the request.',
      resolve: ({ messages }, _args, { locale }) => messages[locale],
    }),
  }),
})

builder.node(parityWatch.ref, {
  ...parityWatch.options,
  description: 'Prices that shall be the same, compared again whenever they may have changed.',
  fields: (t) => ({
    name: t.exposeString('name'),
    within: t.field({ type: ParityWithinEnum, resolve: ({ asked }) => asked.within }),
    tolerancePpm: t.int({ description: 'Parts per million.', resolve: ({ asked }) => asked.tolerancePpm }),
    state: t.field({ type: ParityWatchStateEnum, resolve: ({ state }) => state }),
    findingCount: t.exposeInt('findingCount'),
    findings: t.field({
      type: [ParityFindingType],
      description: 'The first 50.',
      resolve: ({ findings }) => [...findings],
    }),
    missing: t.field({
      type: ParityMissingType,
      nullable: true,
      description: 'Set when what is compared is gone; null when all is there.',
      resolve: ({ missing }) => missing,
    }),
    checkedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ checkedAt }) => checkedAt }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
  }),
})

const ParityWatchConnection = connectionType(parityWatch.ref, 'ParityWatch')

builder.queryField('parityWatch', (t) =>
  t.field({
    type: parityWatch.ref,
    nullable: true,
    description: 'One watch all of whose channels you may read; NOT_FOUND for every other.',
    authScopes: { permission: 'promotions:read' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, ctx) => parityWatch.require(ctx, id),
  }),
)

builder.queryField('parityWatches', (t) =>
  t.field({
    type: ParityWatchConnection,
    description: 'The watches all of whose channels you may read, the newest first.',
    authScopes: { permission: 'promotions:read' },
    args: pageArgs(t.arg),
    resolve: (_root, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => watchPage(ctx.db, reachesOf(ctx), page),
        keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
        count: () => countWatches(ctx.db, reachesOf(ctx)),
      }),
  }),
)

const access = { permission: 'promotions:write' } as const

defineMutation('parityWatchCreate', {
  description:
    'Has prices compared again after each change, with ParityBroken.v1 when they differ or are gone, and ParityRestored.v1 when they no longer do. Refuses PARITY_WATCH_INVALID, PARITY_WATCH_LIMIT (100), PARITY_TARGET_INVALID, PARITY_TOO_LARGE (2,000 cells), NOT_FOUND, FORBIDDEN.',
  access,
  input: (t) => ({
    ...comparison(t),
    name: t.string({ required: true }),
    hours: t.intList({
      description: 'Hours from each check: 0, the default, is now; 24 sees tomorrow coming.',
    }),
    within: t.field({ type: ParityWithinEnum, description: 'Default MARKET.' }),
    tolerancePpm: t.int({
      description: 'How far from the first price, in parts per million of it. Default 0.',
    }),
  }),
  run: async (ctx, { name, hours, within, tolerancePpm, ...input }) => {
    const compared = readComparison(input)
    if (!compared.ok) return compared
    return createWatch(ctx, {
      ...compared.value,
      name,
      hours: hours && hours.length > 0 ? hours : [0],
      within: within ?? 'MARKET',
      tolerancePpm: tolerancePpm ?? 0,
    })
  },
  payload: (t) => ({
    watch: t.field({
      type: parityWatch.ref,
      nullable: true,
      resolve: ({ value }: Payload<WatchKey>, _args, ctx) => value && parityWatch.byId(ctx, value.watchId),
    }),
  }),
})

defineMutation('parityWatchDelete', {
  description: 'Ends a watch. Refuses NOT_FOUND.',
  access,
  input: (t) => ({ watchId: t.id({ required: true }) }),
  run: async (ctx, { watchId }) => {
    const id = readId('parityWatch', watchId, ['watchId'])
    return id.ok ? deleteWatch(ctx, { watchId: id.value }) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => value && encodeId('parityWatch', value.watchId),
    }),
  }),
})
