import { refreshAll } from '$app/navigation'

const TOGETHER_MS = 150
let timer: ReturnType<typeof setTimeout> | undefined

/** Reads the page again; many changes at once are one reading. */
export const refreshSoon = (): void => {
  timer ??= setTimeout(() => {
    timer = undefined
    void refreshAll()
  }, TOGETHER_MS)
}
