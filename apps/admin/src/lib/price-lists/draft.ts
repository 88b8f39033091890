import type { Rounding, RoundingDirection } from '@hilo/pricing'
import { type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { instantOf, wallClock } from '#lib/format/day.ts'
import { adjustmentText, parseAdjustment } from './adjustment.ts'
import type { PriceListData } from './price-list.ts'

/** A price list while it is edited: texts as typed. */
export type PriceListDraft = {
  code: string
  currency: string
  name: Texts
  kind: PriceListData['kind']
  active: boolean
  marketIds: string[]
  channelIds: string[]
  countries: string[]
  customerGroupIds: string[]
  segmentIds: string[]
  startsAt: string
  endsAt: string
  /** Empty: it derives from no other list. */
  baseId: string
  adjustment: string
  rounding: Rounding
  direction: RoundingDirection
}

/** A price list that is not there yet. */
export const BLANK: PriceListDraft = {
  code: '',
  currency: 'EUR',
  name: {},
  kind: 'BASE',
  active: true,
  marketIds: [],
  channelIds: [],
  countries: [],
  customerGroupIds: [],
  segmentIds: [],
  startsAt: '',
  endsAt: '',
  baseId: '',
  adjustment: '',
  rounding: 'NONE',
  direction: 'NEAREST',
}

const idsOf = (things: readonly { readonly id: string }[]): string[] => things.map(({ id }) => id).sort()

/** The price list as its editor begins. */
export const draftOf = (list: PriceListData, timeZone: string): PriceListDraft => ({
  code: list.code,
  currency: list.currency,
  name: textsOf(list.nameTexts),
  kind: list.kind,
  active: list.status === 'ACTIVE',
  marketIds: idsOf(list.markets),
  channelIds: idsOf(list.channels),
  countries: [...list.countries].sort(),
  customerGroupIds: idsOf(list.customerGroups),
  segmentIds: idsOf(list.segments),
  startsAt: list.validFrom ? wallClock(list.validFrom, timeZone) : '',
  endsAt: list.validUntil ? wallClock(list.validUntil, timeZone) : '',
  baseId: list.derivation?.base?.id ?? '',
  adjustment: list.derivation ? adjustmentText(list.derivation.adjustmentPpm) : '',
  rounding: list.derivation?.rounding ?? 'NONE',
  direction: list.derivation?.direction ?? 'NEAREST',
})

/** What a mutation takes of a draft, beside id, code and currency. */
export const termsOf = (draft: PriceListDraft, timeZone: string, saved?: PriceListData) => ({
  name: textInput(draft.name),
  kind: draft.kind,
  active: draft.active,
  audience: {
    marketIds: draft.marketIds,
    channelIds: draft.channelIds,
    countries: draft.countries,
    customerGroupIds: draft.customerGroupIds,
    segmentIds: draft.segmentIds,
  },
  validFrom: (draft.startsAt && instantOf(draft.startsAt, timeZone)) || null,
  validUntil: (draft.endsAt && instantOf(draft.endsAt, timeZone)) || null,
  // A base that somebody may not see stays as it is.
  ...(saved?.derivation && !saved.derivation.base ? {} : { derivation: derivationOf(draft) }),
})

const derivationOf = ({ baseId, adjustment, rounding, direction }: PriceListDraft) =>
  baseId ? { baseId, adjustmentPpm: parseAdjustment(adjustment) ?? 0, rounding, direction } : null
