import { expect, test, type Page } from '@playwright/test'
import { signIn } from './admin.ts'
import { beginAdminStory, type AdminStory } from './admin-story.ts'
import { expectOpenToAll } from './barriers.ts'
import { read } from './graphql.ts'
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

const open = async (path: string, title: string): Promise<void> => {
  await page.goto(`${hilo.web}/admin/catalog/${path}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
}

const save = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeHidden()
}

test('an attribute gets its values by name, each with a swatch, and says at the field what is wrong', async () => {
  await open('attributes', 'Attributes')
  await expectOpenToAll(page, 'attributes')
  await page.getByRole('link', { name: 'New attribute' }).click()
  await page.getByRole('textbox', { name: 'Name (English)' }).fill('Upholstery')
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveValue('upholstery')
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('One of a list')
  for (const name of ['Linen', 'Velvet', 'Leather']) {
    await page.getByRole('button', { name: 'Add a value' }).click()
    await page.keyboard.type(name)
  }
  await page.getByRole('button', { name: 'Give Velvet a colour' }).click()
  await page.getByLabel('Colour of Velvet', { exact: true }).fill('#7a1f3d')
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('Not a code')
  await page.getByRole('button', { name: 'Create attribute' }).click()
  await expect(page.getByText('Use small letters, digits and hyphens.')).toBeVisible()
  await expectOpenToAll(page, 'attribute-new')
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill('upholstery')
  await page.getByRole('checkbox', { name: 'Can be filtered by' }).check()
  await page.getByRole('button', { name: 'Create attribute' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Upholstery' })).toBeVisible()
})

test('values change their order by keyboard, and a used attribute keeps what products need', async () => {
  await page.getByRole('button', { name: 'Move Leather up' }).press('Enter')
  await page.getByRole('button', { name: 'Move Leather up' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Move Leather down' })).toBeFocused()
  await save()
  await expectOpenToAll(page, 'attribute')
  await open('attributes', 'Attributes')
  await page.getByRole('link', { name: 'Roast', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Kind' })).toBeDisabled()
  await page.getByRole('button', { name: 'Remove Light' }).click()
  await page.getByRole('button', { name: 'Remove Medium', exact: true }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /products? ha(s|ve)/ })).toBeVisible()
  await page.getByRole('button', { name: 'Discard' }).click()
})

test('a product type lists attributes, in an order, with who says them and whether they must', async () => {
  await open('types', 'Product types')
  await expectOpenToAll(page, 'product-types')
  await page.getByRole('button', { name: 'New product type' }).click()
  await page.getByRole('textbox', { name: 'Name (English)' }).fill('Seating')
  await expectOpenToAll(page, 'product-type-new')
  await page.getByRole('button', { name: 'Create product type' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Seating' })).toBeVisible()
  for (const name of ['Upholstery', 'Roast']) {
    await page.getByRole('combobox', { name: 'Add an attribute' }).fill(name)
    await page.getByRole('option', { name }).first().click()
  }
  await page.getByRole('combobox', { name: 'Who says Upholstery' }).selectOption('Each variant')
  await page.getByRole('checkbox', { name: 'Required: Upholstery' }).check()
  await page.getByRole('button', { name: 'Move Roast up' }).press('Enter')
  await save()
  await page.reload()
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Roast')
  await expect(page.getByRole('combobox', { name: 'Who says Upholstery' })).toHaveValue('VARIANT')
  await expect(page.getByText('0 products', { exact: true })).toBeVisible()
  await expectOpenToAll(page, 'product-type')
})

test('the category tree is walked and changed by keyboard, and tells where a subtree went', async () => {
  await open('categories', 'Categories')
  const item = (name: string) => page.getByRole('treeitem', { name, exact: true })
  await item('Coffee').press('End')
  await page.keyboard.press('Home')
  await expect(item('Coffee')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(item('Coffee')).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(item('Coffee gear')).toBeFocused()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(page.getByRole('status').getByText('Coffee gear is now in Coffee')).toBeAttached()
  await expect(item('Coffee gear')).toHaveAttribute('aria-level', '2')
  await expect(item('Coffee machines')).toHaveAttribute('aria-level', '3')
  await expect(item('Coffee gear')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(item('Coffee gear')).toHaveAttribute('aria-posinset', '4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Coffee gear' })).toBeVisible()
  await expectOpenToAll(page, 'categories')
})

test('a category moves by choice, gets an address and a title, and gives its products up when it goes', async () => {
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expectOpenToAll(page, 'category-move')
  await page.getByRole('combobox', { name: 'Below' }).selectOption({ label: 'The top level' })
  await page.getByRole('combobox', { name: 'Place' }).selectOption('Before Pantry')
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click()
  await expect(page.getByRole('treeitem', { name: 'Coffee gear' })).toHaveAttribute('aria-posinset', '2')
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('pantry')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('The slug pantry is taken.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('coffee-equipment')
  await page.getByRole('textbox', { name: 'Title of the page' }).fill('Everything to make coffee')
  await save()
  await expect(page.getByText('Former addresses still lead here: coffee-gear')).toBeVisible()
  await page.getByRole('button', { name: 'Add below' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name (English)' }).fill('Spare parts')
  await page.getByRole('button', { name: 'Create category' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Spare parts' })).toBeVisible()
  await page.getByRole('treeitem', { name: 'Brewers' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Brewers' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const question = page.getByRole('alertdialog')
  await expect(question.getByText(/move up to Coffee gear/)).toBeVisible()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('treeitem', { name: 'Brewers' })).toHaveCount(0)
})

test('a collection by rule shows what its rule adds and removes before it is saved', async () => {
  await open('collections', 'Collections')
  await expectOpenToAll(page, 'collections-none')
  await page.getByRole('button', { name: 'New collection' }).click()
  await page.getByRole('textbox', { name: 'Name (English)' }).fill('Coffee corner')
  await page.getByRole('button', { name: 'Create collection' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Coffee corner' })).toBeVisible()
  await page.getByText('By a rule', { exact: true }).click()
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await expect(page.getByRole('combobox', { name: 'Condition 1', exact: true })).toBeFocused()
  await page.getByRole('combobox', { name: 'Condition 1: Category' }).fill('Coffee')
  await page.getByRole('option', { name: 'Coffee', exact: true }).click()
  const preview = page.getByRole('region', { name: 'What changes' })
  await expect(preview.getByText(/\+[1-9]\d* come in/)).toBeVisible()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeHidden()
  await expect(preview.getByText('+0 come in')).toBeVisible()
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('combobox', { name: 'Condition 2', exact: true }).selectOption('Attribute')
  await page.getByRole('combobox', { name: 'Condition 2: which attribute' }).selectOption('Roast')
  await page.getByRole('combobox', { name: 'Condition 2: Roast' }).fill('Med')
  await page.getByRole('option', { name: 'Medium', exact: true }).click()
  await expect(preview.getByText(/−[1-9]\d* go out/)).toBeVisible()
  await expect(preview.getByRole('img').or(preview.locator('img')).first()).toBeVisible()
  await page.getByRole('button', { name: 'Add a group' }).click()
  await page.getByRole('combobox', { name: 'Condition 3.1', exact: true }).selectOption('SKU')
  await page.getByRole('textbox', { name: 'Condition 3.1: SKU' }).fill('a')
  await expectOpenToAll(page, 'collection-rule')
  await page.getByRole('button', { name: 'Remove the group' }).click()
  await save()
  await expect(preview.getByText('−0 go out')).toBeVisible()
})

test('a collection is shown in a channel from a moment on', async () => {
  await page.getByRole('checkbox', { name: /Web/ }).first().check()
  await page
    .getByText(/^Always/)
    .first()
    .click()
  await page.getByLabel('From', { exact: true }).fill('2125-12-01T09:00')
  await page.getByLabel('Until', { exact: true }).fill('2125-11-01T09:00')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('It must end after it starts.')).toBeVisible()
  await page.getByLabel('Until', { exact: true }).fill('')
  await save()
  await expect(page.getByText('planned', { exact: true })).toBeVisible()
})

test('a collection by hand is filled by search, ordered, pinned and emptied', async () => {
  await open('collections', 'Collections')
  await page.getByRole('button', { name: 'New collection' }).click()
  await page.getByRole('textbox', { name: 'Name (English)' }).fill('Window')
  await page.getByRole('button', { name: 'Create collection' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Window' })).toBeVisible()
  const rows = page.getByRole('list').filter({ has: page.getByRole('button', { name: /^Keep / }) })
  const add = async (text: string, count: number): Promise<string> => {
    await page.getByRole('combobox', { name: 'Add a product' }).fill(text)
    await page.getByRole('option').filter({ hasText: text }).first().click()
    await expect(rows.getByRole('listitem')).toHaveCount(count)
    return (await rows.getByRole('listitem').last().getByRole('link').textContent())!.trim()
  }
  const throwName = await add('Merino', 1)
  const other = await add('Espresso', 2)
  await page.getByRole('button', { name: `Move ${other} up` }).press('Enter')
  await expect(rows.getByRole('listitem').first()).toContainText(other)
  await page.getByRole('button', { name: `Keep ${throwName} at the front` }).click()
  await expect(rows.getByRole('listitem').first()).toContainText(throwName)
  await expect(page.getByRole('button', { name: `Keep ${throwName} at the front` })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expectOpenToAll(page, 'collection-hand')
  await page.getByRole('button', { name: `Remove ${other}` }).click()
  await expect(rows.getByRole('listitem')).toHaveCount(1)
  await open('collections', 'Collections')
  await expectOpenToAll(page, 'collections')
})

/** The shop is to speak one more language. */
const addLanguage = async (locale: string): Promise<void> => {
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    { web: hilo.web },
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token userErrors { code } } }',
    { input: hilo.demo.staff },
  )
  await read(
    { web: hilo.web, headers: { authorization: `Bearer ${staffSignIn.token}` } },
    'mutation ($input: ShopLanguagesSetInput!) { shopLanguagesSet(input: $input) { userErrors { code } } }',
    { input: { locales: ['en', 'es', locale], defaultLocale: 'en' } },
  )
}

test('what a new language lacks is translated in one table, names of promotions too, and counted when it may have changed', async () => {
  await addLanguage('fr')
  let counted = 0
  page.on('request', (request) => {
    if (request.postData()?.includes('translationCoverage')) counted += 1
  })
  await open('translations?locale=fr', 'Translations')
  const rows = page.getByRole('row')
  await expect(rows).toHaveCount(26)
  // The server made the page that was opened: the browser has asked nothing yet.
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page.getByText('Page 2')).toBeVisible()
  await page.getByRole('link', { name: 'Previous' }).click()
  await expect(page.getByText('Page 2')).toBeHidden()
  await page.getByRole('link', { name: 'Promotions · 7' }).click()
  const box = page.getByRole('textbox', { name: 'Welcome — Name', exact: true })
  await expect(rows).toHaveCount(8)
  expect(counted).toBe(0)
  await expectOpenToAll(page, 'translations-promotions')

  await box.fill('Bienvenue')
  await page.getByRole('button', { name: 'Save 1 translation' }).click()
  await expect(page.getByRole('link', { name: 'Promotions · 6' })).toBeVisible()
  await expect(rows).toHaveCount(7)
  await expect(box).toBeHidden()
  expect(counted).toBe(1)
  await page.getByRole('link', { name: 'Spanish', exact: true }).click()
  await expect(page.getByText('Nothing is missing')).toBeVisible()
  expect(counted).toBe(2)
  expect(story.mistakes).toEqual([])
})
