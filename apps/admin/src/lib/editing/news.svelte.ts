import { untrack } from 'svelte'
import { refreshSoon } from '#lib/api/refresh-soon.ts'

/**
 * Takes news of what an editor shows, and reads the page again unless it shows just that: of my own change it does. News
 * that come while it is saved wait until what came of that is read. Without `shown` every one of them is read.
 */
export const newsFor = (
  editor: { readonly busy: boolean },
  shown?: () => string,
): ((now: string) => void) => {
  let heard = $state<string>()
  $effect(() => {
    if (heard === undefined || editor.busy) return
    if (!shown || heard !== untrack(shown)) refreshSoon()
    heard = undefined
  })
  return (now) => {
    heard = now
  }
}
