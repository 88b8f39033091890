import type { FieldErrors, Refusal } from '#lib/api/refusal.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { instantOf, wallClock } from '#lib/format/day.ts'
import { m } from '#lib/paraglide/messages.js'
import { type SeoDraft, seoDraftOf, seoTermsOf } from '#lib/seo/seo.ts'
import type { ChannelData, CollectionData } from './collection.ts'
import { addressOf, type Group, isWhole, ruleOf, treeOf } from './rule-tree.ts'

/** Whether and when it is shown in a channel; times as `datetime-local` fields have them. */
export type PublicationDraft = { on: boolean; from: string; until: string }

/** A collection as it is edited. */
export type CollectionDraft = {
  name: Texts
  description: Texts
  slug: string
  seo: SeoDraft
  isByRule: boolean
  /** One group, in a list so that somebody else's change of the rule is told as one. */
  rule: Group[]
  publications: Record<string, PublicationDraft>
}

interface Reading {
  readonly channels: readonly ChannelData[]
  readonly timeZone: string
}

/** What the editor starts from. */
export const draftOf = (collection: CollectionData, { channels, timeZone }: Reading): CollectionDraft => {
  const wall = (iso: string | null | undefined): string => (iso ? wallClock(iso, timeZone) : '')
  const publicationOf = ({ id }: ChannelData): PublicationDraft => {
    const found = collection.publications?.find(({ channel }) => channel?.id === id)
    return { on: !!found, from: wall(found?.publishedFrom), until: wall(found?.publishedUntil) }
  }
  return {
    name: textsOf(collection.nameTexts),
    description: textsOf(collection.descriptionTexts),
    slug: collection.slug,
    seo: seoDraftOf(collection.seo),
    isByRule: collection.isByRule,
    rule: [treeOf(collection.rule)],
    publications: Object.fromEntries(channels.map((channel) => [channel.id, publicationOf(channel)])),
  }
}

/** What a mutation takes of a draft; the rule only when it was changed, since another rule is applied at once. */
export const termsOf = (draft: CollectionDraft, base: CollectionDraft) => {
  const rule = draft.isByRule ? ruleOf(draft.rule[0]!) : null
  const before = base.isByRule ? ruleOf(base.rule[0]!) : null
  return {
    name: textInput(draft.name),
    description: textInput(draft.description),
    slug: draft.slug.trim(),
    seo: seoTermsOf(draft.seo),
    ...(JSON.stringify(rule) !== JSON.stringify(before) && { rule }),
  }
}

/** A publication to set in some channels alike; without times in both fields it is open. */
export interface PublicationChange extends PublicationDraft {
  readonly channelIds: string[]
}

/** Whatever is published by channel. */
type Published = Pick<CollectionDraft, 'publications'>

/** What changes in the channels, with those alike together. */
export const publicationChanges = (draft: Published, base: Published): PublicationChange[] => {
  const changes = new Map<string, PublicationChange>()
  for (const [channelId, wanted] of Object.entries(draft.publications)) {
    const before = base.publications[channelId]
    const key = JSON.stringify(wanted.on ? wanted : { on: false })
    if (!before || key === JSON.stringify(before.on ? before : { on: false })) continue
    const change = changes.get(key) ?? { ...wanted, channelIds: [] }
    change.channelIds.push(channelId)
    changes.set(key, change)
  }
  return [...changes.values()]
}

/** The instant of a field, for the API. */
export const instant = (field: string, timeZone: string): string | null =>
  (field && instantOf(field, timeZone)) || null

/** What stands in the way of saving, by field. The API has the last word on all else. */
export const problemsOf = (draft: CollectionDraft): FieldErrors => ({
  ...(hasText(draft.name) ? {} : { name: m.required_field() }),
  ...(draft.slug.trim() ? {} : { slug: m.required_field() }),
  ...(draft.isByRule && !isWhole(draft.rule[0]!) ? { rule: m.rule_incomplete() } : {}),
  ...Object.fromEntries(
    Object.entries(draft.publications)
      .filter(([, { on, from, until }]) => on && from && until && until <= from)
      .map(([id]) => [`publications.${id}`, m.promotion_ends_before()]),
  ),
})

/** The refusals of the rule by the part of it that they are about. */
export const ruleRefusals = (refusals: readonly Refusal[]): FieldErrors =>
  Object.fromEntries(
    refusals.flatMap(({ path, message }) => {
      const field = path[0] === 'input' ? path.slice(1) : path
      return field[0] === 'rule' ? [[`rule.${addressOf(field)}`.replace(/\.$/, ''), message]] : []
    }),
  )
