/** Of what prices are compared. */
export type ParityTarget = 'variants' | 'category' | 'collection'

/** What is compared and for whom, as the form and the address have it. Times are ISO 8601. */
export type ParityAsked = {
  of: ParityTarget
  variantIds: string[]
  categoryId: string
  collectionId: string
  channelIds: string[]
  segmentIds: string[]
  deviceKinds: string[]
  times: string[]
}

/** What an address asks for. */
export const askedIn = (params: URLSearchParams): ParityAsked => {
  const of = params.get('of')
  return {
    of: of === 'category' || of === 'collection' ? of : 'variants',
    variantIds: params.getAll('variant'),
    categoryId: params.get('category') ?? '',
    collectionId: params.get('collection') ?? '',
    channelIds: params.getAll('channel').sort(),
    segmentIds: params.getAll('segment').sort(),
    deviceKinds: params.getAll('device').sort(),
    times: params.getAll('at').filter((at) => !Number.isNaN(Date.parse(at))),
  }
}

/** The address of a comparison: `?of=category&category=…`. */
export const addressOf = (asked: ParityAsked): string => {
  const lists = {
    variant: asked.of === 'variants' ? asked.variantIds : [],
    category: asked.of === 'category' ? [asked.categoryId] : [],
    collection: asked.of === 'collection' ? [asked.collectionId] : [],
    channel: asked.channelIds,
    segment: asked.segmentIds,
    device: asked.deviceKinds,
    at: asked.times,
  }
  const entries = Object.entries(lists).flatMap(([name, values]) => values.map((value) => [name, value]))
  return `?${new URLSearchParams([['of', asked.of], ...entries])}`
}

/** True when it says what to compare. */
export const isComplete = ({ of, variantIds, categoryId, collectionId }: ParityAsked): boolean =>
  of === 'variants' ? variantIds.length > 0 : (of === 'category' ? categoryId : collectionId) !== ''

/** What a report and a watch take alike: every segment beside a guest, every device beside none. */
export const comparisonOf = (asked: ParityAsked) => ({
  variantIds: asked.of === 'variants' ? asked.variantIds : null,
  categoryId: asked.of === 'category' ? asked.categoryId : null,
  collectionId: asked.of === 'collection' ? asked.collectionId : null,
  channelIds: asked.channelIds,
  segmentIds: asked.segmentIds,
  guest: asked.segmentIds.length > 0,
  deviceKinds: asked.deviceKinds,
  noDevice: asked.deviceKinds.length > 0,
})
