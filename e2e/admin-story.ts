import type { Browser, BrowserContext, Page } from '@playwright/test'
import { startHilo, type HiloProcess, type StartOptions } from './hilo-process.ts'
import { seededDataDir } from './seeded-shop.ts'

/** A demo shop of one's own, and a page in front of its admin. */
export interface AdminStory {
  readonly hilo: HiloProcess
  readonly context: BrowserContext
  readonly page: Page
  /** What went wrong in the page without a test noticing: exceptions, and errors in its console. */
  readonly mistakes: string[]
  readonly end: () => Promise<void>
}

/** Starts a shop and opens a page; nobody is signed in yet. */
export const beginAdminStory = async (browser: Browser, options?: StartOptions): Promise<AdminStory> => {
  const dir = await seededDataDir()
  const hilo = await startHilo(dir.path, options)
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const mistakes: string[] = []
  page.on('pageerror', (error) => mistakes.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(message.text())
  })
  return {
    hilo,
    context,
    page,
    mistakes,
    end: async () => {
      await context.close()
      await hilo.stop()
      await dir.remove()
    },
  }
}

/** Asks the API as the person who is signed in. */
export const askAs = <Data>(page: Page, query: string, variables: object = {}): Promise<Data> =>
  page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json', 'hilo-csrf': '1' }
    const answer = await fetch('/graphql', { method: 'POST', headers, body })
    return ((await answer.json()) as { data: Data }).data
  }, JSON.stringify({ query, variables }))
