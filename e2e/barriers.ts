import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What an assistive technology would stumble over on a page, or within a part of it, at the level of WCAG 2.2 AA. */
export const barriersOn = async (page: Page, within = 'html'): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).include(within)
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
