import { expect, test, type Page } from '@playwright/test'
import { openProduct, signIn } from './admin.ts'
import { beginAdminStory, type AdminStory } from './admin-story.ts'
import { barriersOn, overflowOf } from './barriers.ts'
import type { HiloProcess } from './hilo-process.ts'

let story: AdminStory
let hilo: HiloProcess
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  story = await beginAdminStory(browser)
  ;({ hilo, page } = story)
})

test.afterAll(() => story.end())

const barriers = () => barriersOn(page)

const PAGES = [
  '',
  'products',
  'products/new',
  'catalog/translations',
  'promotions',
  'promotions/new',
  'orders',
  'devices',
  'settings/markets',
  'settings/profile',
] as const

test('a wrong password is refused in words, and the page stays where it is', async () => {
  await page.goto(`${hilo.web}/admin`)
  expect(await barriers()).toEqual([])
  await page.getByLabel('E-mail').fill(hilo.demo.staff.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('The e-mail or the password is not right.')).toBeVisible()
  story.mistakes.length = 0
})

test('every page is free of barriers, light and dark, wide and narrow', async () => {
  await signIn(page, hilo)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const path of PAGES) {
      await page.goto(`${hilo.web}/admin/${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await barriers(), `/admin/${path} ${colorScheme}`).toEqual([])
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 390, height: 800 })
  for (const path of PAGES) {
    await page.goto(`${hilo.web}/admin/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await overflowOf(page), `/admin/${path} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(story.mistakes).toEqual([])
})

test('a page that follows what happens comes to rest', async () => {
  for (const list of ['products', 'promotions', 'devices']) {
    await page.goto(`${hilo.web}/admin/${list}`)
    await page.getByRole('main').getByRole('table').getByRole('link').first().click()
    await page.waitForURL(`**/admin/${list}/*`)
    await page.reload({ waitUntil: 'networkidle' })
  }
})

test('it speaks Spanish to whoever chooses it', async () => {
  await story.context.addCookies([{ name: 'hilo_locale', value: 'es', url: hilo.web }])
  await page.goto(`${hilo.web}/admin/products`)
  await expect(page.getByRole('heading', { level: 1, name: 'Productos' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await story.context.addCookies([{ name: 'hilo_locale', value: 'en', url: hilo.web }])
})

test('two people who edit the same product both keep their change, and what they opened', async ({
  browser,
}) => {
  await page.goto(`${hilo.web}/admin/products`)
  await expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
  await openProduct(page, 'Merino Throw')
  const details = page.getByRole('button', { name: /^Details of/ })
  await details.last().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('My merino throw')

  const other = await browser.newContext({ storageState: await story.context.storageState() })
  const theirs = await other.newPage()
  await theirs.goto(page.url())
  await theirs.getByRole('textbox', { name: 'Description', exact: true }).first().fill('Their description.')
  await theirs.getByRole('button', { name: 'Save changes' }).click()
  await expect(theirs.getByText('Saved', { exact: true }).first()).toBeVisible()
  await other.close()

  await expect(page.getByText('Somebody else changed this meanwhile')).toBeVisible()
  await expect(details.first()).toHaveAttribute('aria-expanded', 'false')
  await expect(details.last()).toHaveAttribute('aria-expanded', 'true')
  const description = page.getByRole('textbox', { name: 'Description', exact: true }).first()
  await expect(description).toHaveValue('Their description.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'My merino throw' })).toBeVisible()
  await page.reload()
  await expect(description).toHaveValue('Their description.')
  await expect(page.getByRole('heading', { level: 1, name: 'My merino throw' })).toBeVisible()
})
