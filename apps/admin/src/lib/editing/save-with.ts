import { tick } from 'svelte'
import { refreshAll } from '$app/navigation'
import { explain } from '#lib/api/explain.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Desk } from '#lib/shell/desk.svelte.ts'
import type { Editor, Outcome } from './editor.svelte.ts'
import type { DraftValue } from './rebase.ts'

/** Saves all that an editor has changed, reads the page again, and says how it went. True when all was accepted. */
export const saveWith = async <Draft extends DraftValue>(
  editor: Editor<Draft>,
  desk: Desk,
  changes: readonly (() => Promise<Outcome>)[],
): Promise<boolean> => {
  const sent = editor.snapshot
  const isSaved = await runWith(editor, desk, changes)
  if (isSaved) editor.adopt(sent)
  return isSaved
}

/** Does something else to what an editor shows, reads the page again, and says how it went; unsaved changes stay. */
export const runWith = async <Draft extends DraftValue>(
  editor: Editor<Draft>,
  desk: Desk,
  changes: readonly (() => Promise<Outcome>)[],
): Promise<boolean> => {
  try {
    const isSaved = await editor.save(changes, () => refreshAll().then(tick))
    if (isSaved) desk.toasts.good(m.saved())
    return isSaved
  } catch (cause) {
    desk.toasts.bad(explain(cause))
    return false
  }
}
