import { tick } from 'svelte'

const CONTROLS = 'a[href], button, input, select, textarea'
const HOMES = ['ul, ol, tbody', 'fieldset, form, section, [role="dialog"]', 'main']

/** A control and those around it: of its list the next ones, then the ones before; then of its part of the page. */
export const aroundOf = (control: HTMLElement): readonly HTMLElement[] => [
  control,
  ...HOMES.flatMap((home) => {
    const all = [...(control.closest(home)?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])]
    const at = all.indexOf(control)
    const [before, after] = [all.slice(0, Math.max(0, at)).reverse(), all.slice(at + 1)]
    // Below a list stands what moves in the page, above it what is done with the list.
    return home === 'main' ? [...before, ...after] : [...after, ...before]
  }),
]

/** Gives the focus to the first of these that is still there. */
export const focusFirst = (controls: readonly HTMLElement[]): void =>
  controls.find((control) => control.isConnected && !control.matches(':disabled'))?.focus()

/** Does what may take a control out of the page; the focus that is lost with it goes on to the next one. */
export const passFocus = async (from: HTMLElement, change: () => unknown): Promise<void> => {
  const around = aroundOf(from)
  await change()
  await tick()
  if (!document.activeElement || document.activeElement === document.body) focusFirst(around)
}
