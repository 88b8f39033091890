import { expect, test, type Page } from '@playwright/test'
import { signIn } from './admin.ts'
import { askAs, beginAdminStory, type AdminStory } from './admin-story.ts'
import { expectOpenToAll } from './barriers.ts'
import type { HiloProcess } from './hilo-process.ts'

let story: AdminStory
let hilo: HiloProcess
let page: Page

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  story = await beginAdminStory(browser)
  ;({ hilo, page } = story)
  await signIn(page, hilo)
})

test.afterAll(() => story.end())

/** The page is alive: what is typed now is not lost. */
const expectLive = () => expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()

const save = async (button = 'Save changes'): Promise<void> => {
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeHidden()
}

const language = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).first()

test('a product of a type is made, says its attributes, and refuses them at their field', async () => {
  await askAs(
    page,
    `mutation { shopLanguagesSet(input: { locales: ["en", "es", "ca"], defaultLocale: "en" }) {
    userErrors { message } } }`,
  )
  await page.goto(`${hilo.web}/admin/products/new`)
  await expectLive()
  await page.getByRole('textbox', { name: 'Name (English)' }).fill('Linen cloth')
  await page.getByRole('combobox', { name: 'Product type' }).selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Create product' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Linen cloth' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Linen', exact: true }).check()
  const width = page.getByRole('textbox', { name: /Width/ })
  await width.fill('wide')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(width).toHaveAccessibleDescription(/not a number/)
  await width.fill('45,5')
  await save()
  await page.reload()
  await expectLive()
  await expect(page.getByRole('checkbox', { name: 'Linen', exact: true })).toBeChecked()
  await expect(width).toHaveValue('45.5')
})

const addOption = async (name: string, values: string): Promise<void> => {
  await page.getByRole('button', { name: 'Add an option' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name (English)' }).fill(name)
  await dialog.getByRole('textbox', { name: 'Add values' }).fill(values)
  await dialog.getByRole('button', { name: 'Add an option' }).click()
  await expect(dialog).toBeHidden()
}

test('two options make twelve variants, and a table fills them', async () => {
  await addOption('Size', 'S, M, L')
  await addOption('Colour', 'Natural, Blue, Green, Black')
  await page.getByRole('button', { name: 'Generate variants' }).click()
  await expect(page.getByText('The first one: LINEN-CLOTH-S-NATURAL')).toBeVisible()
  await expectOpenToAll(page, 'product-generate')
  await page.getByRole('button', { name: 'Generate 12 variants' }).click()
  const rows = page.getByRole('row', { name: /Details of LINEN-CLOTH/ })
  await expect(rows).toHaveCount(12)
  await page.getByRole('checkbox', { name: 'Pick all' }).check()
  await page.getByRole('textbox', { name: 'Value' }).fill('12.50')
  await page.getByRole('button', { name: 'Fill in' }).click()
  await page.getByRole('checkbox', { name: 'On sale of LINEN-CLOTH-L-BLACK' }).uncheck()
  await page.getByRole('textbox', { name: 'Barcode of LINEN-CLOTH-S-BLUE' }).fill('4006381333930')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('textbox', { name: 'Barcode of LINEN-CLOTH-S-BLUE' })).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await page.getByRole('textbox', { name: 'Barcode of LINEN-CLOTH-S-BLUE' }).fill('4006381333931')
  await save()
  await page.reload()
  await expectLive()
  await expect(page.getByRole('textbox', { name: 'Price of LINEN-CLOTH-M-GREEN' })).toHaveValue('12.50')
  await expect(page.getByRole('checkbox', { name: 'On sale of LINEN-CLOTH-L-BLACK' })).not.toBeChecked()
  await expectOpenToAll(page, 'product-variants')
})

test('it is published in one channel by schedule', async () => {
  const channel = page.getByRole('listitem').filter({ hasText: 'Web, Japan' })
  await channel.getByRole('checkbox').check()
  await channel.getByText('Always').click()
  await channel.getByLabel('From').fill('2035-12-01T09:00')
  await save()
  await expect(channel.getByText('planned')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('DRAFT')
  await expect(page.getByText('A draft is seen in none of them')).toBeVisible()
})

test('a third language survives a save, and a draft shows what it changes until it is published', async () => {
  await language('Catalan').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Drap de lli')
  await save()
  await language('English').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Linen towel')
  await page.getByRole('button', { name: 'Save as draft' }).click()
  await expect(page.getByText('A draft waits to be published')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Linen cloth' })).toBeVisible()
  await page.getByRole('button', { name: 'Show the difference' }).click()
  await expect(page.getByRole('row', { name: /Name \(English\)/ })).toContainText('Linen towel')
  await expectOpenToAll(page, 'product-draft')
  await page.getByRole('button', { name: 'Publish the draft' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Linen towel' })).toBeVisible()
  await language('Catalan').click()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Drap de lli')
})

test('an earlier version is compared with the present one, and restored', async () => {
  await page.getByRole('button', { name: 'Show versions' }).click()
  const before = page.getByRole('button', { name: /^Compare with now/ }).first()
  await before.click()
  await expect(page.getByRole('row', { name: /Name \(English\)/ })).toContainText('Linen cloth')
  await expectOpenToAll(page, 'product-versions')
  await page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Linen cloth' })).toBeVisible()
  expect(story.mistakes).toEqual([])
})
