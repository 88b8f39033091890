import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { picture } from './admin.ts'

/** What an assistive technology would stumble over on a page, or within a part of it, at the level of WCAG 2.2 AA. */
export const barriersOn = async (page: Page, within = 'html'): Promise<string[]> => {
  // Without frames there is no need of a second page to put the results together.
  const axe = new AxeBuilder({ page }).setLegacyMode().include(within)
  // Nothing but colours is other in the dark, and every page is looked at in the light too.
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  if (isDark) axe.withRules(['color-contrast', 'link-in-text-block'])
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** How far a page scrolls sideways, in pixels. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** A page is for everybody as it is, in both themes and on a telephone. Of a part of it only the themes are looked at. */
export const expectOpenToAll = async (page: Page, name: string, within?: string): Promise<void> => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await barriersOn(page, within), `${name} ${colorScheme}`).toEqual([])
    await picture(page, `${name}-${colorScheme}`)
  }
  if (within) return
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflowOf(page), `${name} scrolls sideways`).toBeLessThanOrEqual(0)
  await picture(page, `${name}-narrow`)
  await page.setViewportSize({ width: 1280, height: 800 })
}
