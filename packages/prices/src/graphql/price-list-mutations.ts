import { builder, defineMutation, LocalizedInput, readId, readIds, readLocalized } from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import type { ListAudience, ListDerivation } from '../price-list.ts'
import { archivePriceList, createPriceList, updatePriceList } from '../save-price-list.ts'
import { priceList, PriceListKindEnum, RoundingDirectionEnum, RoundingEnum } from './price-list.ts'

const access = { permission: 'prices:write' } as const

const AudienceInput = builder.inputType('PriceListAudienceInput', {
  description:
    'Whom a list is for: of each kind that is not empty one must fit; a kind left out is everyone. At most 1,000 of a kind.',
  fields: (t) => ({
    marketIds: t.idList(),
    channelIds: t.idList(),
    countries: t.field({ type: ['CountryCode'] }),
    customerGroupIds: t.idList(),
    segmentIds: t.idList(),
  }),
})

const DerivationInput = builder.inputType('PriceListDerivationInput', {
  description:
    'From which list of the same currency prices follow, where it has none of its own; at most 3 steps.',
  fields: (t) => ({
    baseId: t.id({ required: true }),
    adjustmentPpm: t.int({
      required: true,
      description: 'Millionths of the base price, from −1000000 to 10000000: −100000 is 10 % less.',
    }),
    rounding: t.field({ type: RoundingEnum, defaultValue: 'NONE' }),
    direction: t.field({ type: RoundingDirectionEnum, defaultValue: 'NEAREST' }),
  }),
})

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

const readAudience = (input: typeof AudienceInput.$inferInput): Result<ListAudience> => {
  const marketIds = readIds('market', input.marketIds ?? [], ['audience', 'marketIds'])
  if (!marketIds.ok) return marketIds
  const channelIds = readIds('channel', input.channelIds ?? [], ['audience', 'channelIds'])
  if (!channelIds.ok) return channelIds
  const groups = readIds('customerGroup', input.customerGroupIds ?? [], ['audience', 'customerGroupIds'])
  if (!groups.ok) return groups
  const segmentIds = readIds('segment', input.segmentIds ?? [], ['audience', 'segmentIds'])
  if (!segmentIds.ok) return segmentIds
  return ok({
    marketIds: unique(marketIds.value),
    channelIds: unique(channelIds.value),
    countries: unique(input.countries ?? []),
    customerGroupIds: unique(groups.value),
    segmentIds: unique(segmentIds.value),
  })
}

const readDerivation = (input: typeof DerivationInput.$inferInput): Result<ListDerivation> => {
  const baseId = readId('priceList', input.baseId, ['derivation', 'baseId'])
  if (!baseId.ok) return baseId
  const { adjustmentPpm, rounding, direction } = input
  return ok({
    baseId: baseId.value,
    adjustmentPpm,
    rounding: rounding ?? 'NONE',
    direction: direction ?? 'NEAREST',
  })
}

defineMutation('priceListCreate', {
  description:
    'Makes a price list; its rank follows from its kind and audience. Whoever sets prices only in some channels names channels of theirs.',
  access,
  input: (t) => ({
    code: t.string({ required: true, description: '1 to 60 small letters, digits, dashes and underscores.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    kind: t.field({ type: PriceListKindEnum, required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'Of all its prices, for ever.' }),
    audience: t.field({ type: AudienceInput, description: 'Left out: everyone.' }),
    validFrom: t.field({ type: 'DateTime' }),
    validUntil: t.field({ type: 'DateTime', description: 'Until just before.' }),
    active: t.boolean({ defaultValue: true }),
    derivation: t.field({ type: DerivationInput }),
  }),
  run: async (ctx, input) => {
    const audience = input.audience ? readAudience(input.audience) : ok({})
    if (!audience.ok) return audience
    const derivation = input.derivation ? readDerivation(input.derivation) : ok(null)
    if (!derivation.ok) return derivation
    return createPriceList(ctx, {
      code: input.code,
      name: readLocalized(input.name),
      kind: input.kind,
      currency: input.currency,
      audience: audience.value,
      valid: { from: input.validFrom ?? null, until: input.validUntil ?? null },
      active: input.active ?? true,
      derivation: derivation.value,
    })
  },
  payload: (t) => ({
    priceList: t.field({
      type: priceList.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && priceList.byId(ctx, value.priceListId),
    }),
  }),
})

defineMutation('priceListUpdate', {
  description:
    'Changes a price list; what is left out stays. An audience replaces the whole one before; a validFrom, validUntil or derivation of null takes it away.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput }),
    kind: t.field({ type: PriceListKindEnum }),
    audience: t.field({ type: AudienceInput }),
    validFrom: t.field({ type: 'DateTime' }),
    validUntil: t.field({ type: 'DateTime' }),
    active: t.boolean({ description: 'False: its prices do not hold until it is active again.' }),
    derivation: t.field({ type: DerivationInput }),
  }),
  run: async (ctx, input) => {
    const id = readId('priceList', input.id, ['id'])
    if (!id.ok) return id
    const audience = input.audience ? readAudience(input.audience) : ok(undefined)
    if (!audience.ok) return audience
    const derivation = input.derivation ? readDerivation(input.derivation) : ok(input.derivation)
    if (!derivation.ok) return derivation
    return updatePriceList(ctx, {
      id: id.value,
      ifVersion: input.ifVersion,
      name: input.name ? readLocalized(input.name) : undefined,
      kind: input.kind ?? undefined,
      audience: audience.value,
      validFrom: input.validFrom,
      validUntil: input.validUntil,
      active: input.active ?? undefined,
      derivation: derivation.value,
    })
  },
  payload: (t) => ({
    priceList: t.field({
      type: priceList.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && priceList.byId(ctx, value.priceListId),
    }),
  }),
})

defineMutation('priceListArchive', {
  description:
    'Ends a price list for good; its rows stay to be read. Refuses with PRICE_LIST_IN_USE while others derive from it.',
  access,
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, { id: publicId, ifVersion }) => {
    const id = readId('priceList', publicId, ['id'])
    return id.ok ? archivePriceList(ctx, { id: id.value, ifVersion }) : id
  },
  payload: (t) => ({
    priceList: t.field({
      type: priceList.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && priceList.byId(ctx, value.priceListId),
    }),
  }),
})
