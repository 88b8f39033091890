import { expect, test, type Page } from '@playwright/test'
import { openProduct, signIn } from './admin.ts'
import { beginAdminStory, type AdminStory } from './admin-story.ts'
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

const heading = (name: string) => page.getByRole('heading', { level: 1, name })

test('a price list is made that follows from another, and says what prices become', async () => {
  await page.getByRole('link', { name: 'Prices' }).first().click()
  await expect(heading('Price lists')).toBeVisible()
  await expectOpenToAll(page, 'price-lists')
  await page.getByRole('link', { name: 'New price list' }).click()
  await page.getByRole('textbox', { name: 'Name in English' }).fill('Friends')
  await page.getByRole('textbox', { name: 'Code' }).fill('friends-eu')
  await page.getByText('Contract', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'Partners' }).check()
  await page.getByRole('combobox', { name: 'Prices follow from' }).selectOption('Europe')
  await page.getByRole('textbox', { name: 'Change' }).fill('-20')
  await page.getByRole('combobox', { name: 'Rounding' }).selectOption('Ends in .95')
  await expect(page.getByRole('cell', { name: /,95|\.95/ }).first()).toBeVisible()
  await expectOpenToAll(page, 'price-list-new')
  await page.getByRole('button', { name: 'Create price list' }).click()
  await expect(heading('Friends')).toBeVisible()
  await expect(page.getByText('from Europe').first()).toBeVisible()
  await expectOpenToAll(page, 'price-list')
})

test('an amount is changed in its row, and pasted lines that are refused say why', async () => {
  const field = page.getByRole('textbox', { name: /^Price of / }).first()
  const sku = /^Price of (\S+)/.exec(
    (await field.getAttribute('id').then((id) => page.locator(`label[for="${id}"]`).textContent()))!,
  )![1]!
  await field.fill('7.77')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible()
  await page.getByRole('searchbox', { name: 'SKU or name of a product' }).fill(sku)
  await page.getByRole('searchbox', { name: 'SKU or name of a product' }).press('Enter')
  await expect(page.getByRole('textbox', { name: `Price of ${sku} from 1` })).toHaveValue('7.77')
  await page.getByRole('button', { name: 'Paste many' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Lines' }).fill(`${sku}\t6.66\t10\nNO-SUCH\t1.00\n${sku}\tcheap`)
  await dialog.getByRole('button', { name: 'Set prices' }).click()
  await expect(dialog.getByRole('row', { name: /NO-SUCH There is no variant/ })).toBeVisible()
  await expect(dialog.getByText('Set: 1. Refused: 2')).toBeVisible()
  await expectOpenToAll(page, 'price-paste')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('textbox', { name: `Price of ${sku} from 10` })).toHaveValue('6.66')
})

test('why a price holds is told for each list, beginning with the chosen one', async () => {
  await openProduct(page, 'Merino Throw')
  await page
    .getByRole('button', { name: /^Details of/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /Why this price/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('listitem').first()).toContainText('Holds')
  await dialog.getByRole('combobox', { name: 'Channel' }).selectOption('Web, Europe')
  await expect(dialog.getByText('On the shelf')).toBeVisible()
  await expectOpenToAll(page, 'why-price')
  await page.keyboard.press('Escape')
})

test('a customer is taken into a segment and out of it', async () => {
  await page.goto(`${hilo.web}/admin/prices/segments`)
  await expect(heading('Segments')).toBeVisible()
  await expectOpenToAll(page, 'segments')
  await page.getByRole('button', { name: 'New segment' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill('vip')
  await page.getByRole('textbox', { name: 'Name in English' }).fill('Very important')
  await page.getByRole('button', { name: 'Create segment' }).click()
  await expect(heading('Very important')).toBeVisible()
  await page.getByRole('combobox', { name: 'Add a customer' }).fill('a')
  await page.getByRole('option').first().click()
  const remove = page.getByRole('button', { name: /^Remove / })
  await expect(remove).toHaveCount(1)
  await expectOpenToAll(page, 'segment')
  await remove.click()
  await expect(page.getByText('No members yet')).toBeVisible()
})

test('prices are compared for several viewers, each difference has its reason, and they are watched', async () => {
  await page.goto(`${hilo.web}/admin/prices/parity`)
  await expect(heading('Parity')).toBeVisible()
  await page.getByText('A category', { exact: true }).click()
  await page.getByRole('combobox', { name: 'A category' }).selectOption({ index: 0 })
  await page.getByRole('checkbox', { name: 'Partners' }).check()
  await page.getByRole('button', { name: 'Compare prices' }).click()
  await expect(page.getByRole('heading', { name: /prices compared/ })).toBeVisible()
  const differing = page.getByRole('button', { name: /differs/ }).first()
  await differing.focus()
  await expect(differing).toHaveAccessibleDescription(/list/)
  await expectOpenToAll(page, 'parity')
  await page.getByRole('button', { name: 'Watch this' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Partners pay the same')
  await page.getByRole('button', { name: 'Watch', exact: true }).click()
  await expect(page.getByText('Partners pay the same').first()).toBeVisible()
})

test('the shop is looked at as somebody else, with a cart that says what applies and why', async () => {
  await page.goto(`${hilo.web}/admin/prices/view-as`)
  await expect(heading('View as')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Partners' }).check()
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  const add = page.getByRole('button', { name: /^Add to the cart/ }).first()
  await add.click()
  await expect(page.getByText('Total', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Why and why not' })).toBeVisible()
  await expectOpenToAll(page, 'view-as')
  expect(story.mistakes).toEqual([])
})
