import { fieldErrors, type Refusal } from '#lib/api/refusal.ts'
import type { Write } from '#lib/api/write.ts'
import type { Outcome } from '#lib/editing/editor.svelte.ts'
import { isSame } from '#lib/editing/rebase.ts'
import type { CollectionData } from './collection.ts'
import {
  type CollectionDraft,
  instant,
  publicationChanges,
  type PublicationChange,
  ruleRefusals,
  termsOf,
} from './draft.ts'
import { CollectionPublish, CollectionUnpublish, CollectionUpdate } from './mutations.ts'

interface Saving {
  readonly write: Write
  readonly collection: Pick<CollectionData, 'id' | 'version'>
  readonly timeZone: string
}

const errorsAt = (refusals: readonly Refusal[], { channelIds }: PublicationChange) =>
  Object.fromEntries(
    channelIds.slice(0, refusals.length).map((id) => [`publications.${id}`, refusals[0]!.message]),
  )

const publish = async (
  { write, collection, timeZone }: Saving,
  change: PublicationChange,
): Promise<Outcome> => {
  const where = { collectionIds: [collection.id], channelIds: change.channelIds }
  const { userErrors } = change.on
    ? await write(CollectionPublish, {
        ...where,
        from: instant(change.from, timeZone),
        until: instant(change.until, timeZone),
      })
    : await write(CollectionUnpublish, where)
  return { userErrors, errors: errorsAt(userErrors, change) }
}

const update = async (
  { write, collection: { id, version } }: Saving,
  draft: CollectionDraft,
  base: CollectionDraft,
): Promise<Outcome> => {
  const { userErrors } = await write(CollectionUpdate, { id, ifVersion: version, ...termsOf(draft, base) })
  const { rule: _rule, ...errors } = fieldErrors(userErrors)
  const isAboutRule = (name: string): boolean => name.startsWith('rule.')
  return {
    userErrors,
    errors: {
      ...Object.fromEntries(Object.entries(errors).filter(([name]) => !isAboutRule(name))),
      ...ruleRefusals(userErrors),
    },
  }
}

/** What saving a draft takes, one after the other. */
export const stepsOf = (
  saving: Saving,
  draft: CollectionDraft,
  base: CollectionDraft,
): (() => Promise<Outcome>)[] => {
  const { publications: _mine, ...terms } = draft
  const { publications: _theirs, ...before } = base
  return [
    ...(isSame(terms, before) ? [] : [() => update(saving, draft, base)]),
    ...publicationChanges(draft, base).map((change) => () => publish(saving, change)),
  ]
}
