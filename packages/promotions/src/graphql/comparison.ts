import { type InputBuilder, readId, readIds } from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { PARITY } from '../parity/errors.ts'
import type { ParityTarget } from '../parity/report.ts'

/** The fields that say what is compared and for whom, in a report and in a watch. */
export const comparison = (t: InputBuilder) => ({
  variantIds: t.idList({ description: 'These, or those of categoryId, or of collectionId.' }),
  categoryId: t.id({ description: 'With all below it.' }),
  collectionId: t.id(),
  channelIds: t.idList({ description: 'Absent: the channel of the request.' }),
  segmentIds: t.field({ type: ['ID'], description: 'Each alone.' }),
  guest: t.boolean({ description: 'Compares a guest too; so it is without segments.' }),
  deviceKinds: t.stringList({ description: 'Kinds of device types, such as APPLIANCE.' }),
  noDevice: t.boolean({ description: 'Compares without a device too; so it is without kinds.' }),
})

interface Compared {
  readonly variantIds?: readonly string[] | null | undefined
  readonly categoryId?: string | null | undefined
  readonly collectionId?: string | null | undefined
  readonly channelIds?: readonly string[] | null | undefined
  readonly segmentIds?: readonly string[] | null | undefined
  readonly guest?: boolean | null | undefined
  readonly deviceKinds?: readonly string[] | null | undefined
  readonly noDevice?: boolean | null | undefined
}

/** What an input compares, with database ids. */
export const readComparison = (input: Compared) => {
  const { variantIds, categoryId, collectionId } = input
  const target = readTarget({ variantIds, categoryId, collectionId })
  if (!target.ok) return target
  const channels = readIds('channel', input.channelIds ?? [], ['channelIds'])
  if (!channels.ok) return channels
  const segments = readIds('segment', input.segmentIds ?? [], ['segmentIds'])
  if (!segments.ok) return segments
  const orNobody = <Value>(values: readonly Value[], also: boolean | null | undefined) =>
    also && values.length > 0 ? [null, ...values] : values
  return ok({
    target: target.value,
    channelIds: channels.value,
    segmentIds: orNobody(segments.value, input.guest),
    deviceKinds: orNobody(input.deviceKinds ?? [], input.noDevice),
  })
}

const readTarget = ({
  variantIds,
  categoryId,
  collectionId,
}: Pick<Compared, 'variantIds' | 'categoryId' | 'collectionId'>): Result<ParityTarget> => {
  if ([variantIds, categoryId, collectionId].filter((target) => target != null).length !== 1)
    return PARITY.refuse('PARITY_TARGET_INVALID', {}, ['variantIds'])
  const one = <Key extends string>(key: Key, id: Result<Uuid>): Result<ParityTarget> =>
    id.ok ? ok({ [key]: id.value }) : id
  if (categoryId != null) return one('categoryId', readId('category', categoryId, ['categoryId']))
  if (collectionId != null) return one('collectionId', readId('collection', collectionId, ['collectionId']))
  const ids = readIds('variant', variantIds ?? [], ['variantIds'])
  return ids.ok ? ok({ variantIds: ids.value }) : ids
}
