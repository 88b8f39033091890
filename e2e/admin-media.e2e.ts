import { expect, test, type Page } from '@playwright/test'
import { openProduct, signIn } from './admin.ts'
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

const open = async (path: string, title: string): Promise<void> => {
  await page.goto(`${hilo.web}/admin/catalog/${path}`)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
}

/** A photograph that the browser takes: a cup on the left, light on the right. */
const takePicture = async (): Promise<Buffer> => {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1_200, height: 800 })
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#eee'
    pen.fillRect(0, 0, 1_200, 800)
    pen.fillStyle = '#a35'
    pen.fillRect(150, 250, 400, 350)
    return canvas.toDataURL('image/jpeg')
  })
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

/** Chooses files as people do, with the dialog that a button opens. */
const choose = async (button: string, files: { name: string; mimeType: string; buffer: Buffer }[]) => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button, exact: true }).click()
  await (await chooser).setFiles(files)
}

test('a picture is uploaded, and a broken one is refused beside its name', async () => {
  await open('media', 'Media')
  await expect(page.getByText('No pictures or files yet')).toBeVisible()
  await expectOpenToAll(page, 'media-empty')
  const cup = await takePicture()
  await choose('Upload', [
    { name: 'cup.jpg', mimeType: 'image/jpeg', buffer: cup },
    { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: cup.subarray(0, 900) },
    { name: 'guide.txt', mimeType: 'text/plain', buffer: Buffer.from('Grind it.') },
  ])
  const uploads = page.getByRole('region', { name: 'Uploads' })
  await expect(uploads.getByText('Uploaded')).toHaveCount(2)
  await expect(uploads.getByText('This is not a whole JPEG')).toBeVisible()
  // The browser itself writes down that the server refused it.
  expect(story.mistakes.splice(0)).toEqual([expect.stringContaining('status of 415')])
  const tile = page.getByRole('link', { name: /cup\.jpg/ })
  await expect(tile).toBeVisible()
  // The browser took a rendition of the ladder, in the better of the two formats.
  const shown = tile.locator('img')
  await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100)
  expect(await shown.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(/1x1-50-50\/\d+\.avif$/)
  await expectOpenToAll(page, 'media')
  await page.getByRole('link', { name: 'File', exact: true }).click()
  await expect(tile).toBeHidden()
  await expect(page.getByRole('link', { name: /guide\.txt/ })).toBeVisible()
  await page.getByRole('link', { name: 'All', exact: true }).click()
})

test('files that are dropped are uploaded', async () => {
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['Brew it.'], 'brew.txt', { type: 'text/plain' }))
    return transfer
  })
  const grid = page.getByRole('searchbox')
  await grid.dispatchEvent('dragenter', { dataTransfer: data })
  await expect(page.getByText('Drop to upload')).toBeVisible()
  await grid.dispatchEvent('drop', { dataTransfer: data })
  await expect(page.getByRole('link', { name: /brew\.txt/ })).toBeVisible()
})

test('a picture gets its focal point by keyboard and by pointer, and texts; a used one is not deleted', async () => {
  await page.getByRole('link', { name: /cup\.jpg/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'cup.jpg' })).toBeVisible()
  const point = page.getByRole('slider', { name: 'Focal point' })
  await point.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await expect(point).toHaveAttribute('aria-valuetext', '40 % from the left, 49 % from the top')
  await page.getByRole('textbox', { name: 'Alternative text (English)' }).fill('A red cup')
  await page.getByRole('textbox', { name: 'Alternative text (Spanish)' }).fill('Una taza roja')
  await expectOpenToAll(page, 'media-asset')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const id = page.url().split('/').at(-1)!
  const read = () =>
    askAs<{ asset: object }>(page, 'query ($id: ID!) { asset(id: $id) { alt focalPoint { x y } } }', { id })
  expect(await read()).toEqual({ asset: { alt: 'A red cup', focalPoint: { x: 0.4, y: 0.49 } } })
  const whole = page.getByRole('img', { name: 'A red cup' })
  const box = (await whole.boundingBox())!
  await page.mouse.click(box.x + box.width * 0.9, box.y + box.height * 0.25)
  await expect(point).toHaveAttribute('aria-valuetext', '90 % from the left, 25 % from the top')
  await page.getByRole('button', { name: 'Discard' }).click()

  await openProduct(page, 'Merino Throw')
  await page.getByRole('button', { name: 'Add picture' }).click()
  const picker = page.getByRole('dialog')
  await picker.getByRole('button', { name: 'cup.jpg' }).click()
  await expect(picker.getByRole('button', { name: 'cup.jpg' })).toHaveAttribute('aria-pressed', 'true')
  await expectOpenToAll(page, 'media-picker', '[role=dialog]')
  await picker.getByRole('button', { name: 'Use 1' }).click()
  await expect(picker).toBeHidden()
  await open(`media/${id}`, 'cup.jpg')
  await expect(page.getByRole('link', { name: 'Merino Throw' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('alert')).toContainText('It is still used by Merino Throw')
  await expectOpenToAll(page, 'media-in-use')
})

const CSV = `slug,name.en,sku,status
cup-one,Cup one,CUP-ONE,PUBLISHED
cup-two,Cup two,CUP-TWO,PUBLISHED
cup-bad,Cup bad,CUP-BAD,SOMETIMES
cup-three,Cup three,CUP-THREE,DRAFT
cup-none,,CUP-NONE,PUBLISHED
`

test('an import says which rows were refused and why, and what it has created', async () => {
  await open('imports', 'Imports and exports')
  await expectOpenToAll(page, 'imports-empty')
  const example = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Products (CSV)' }).click()
  expect((await example).suggestedFilename()).toBe('products.csv')
  await choose('Import a file', [{ name: 'cups.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }])
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('combobox', { name: 'What it holds' })).toHaveValue('PRODUCTS')
  await expect(dialog.getByText('As its columns say.')).toBeVisible()
  await expectOpenToAll(page, 'import-form')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import: Products' })).toBeVisible()
  await expect(page.getByText('Done', { exact: true })).toBeVisible()
  const count = (name: string) =>
    page
      .getByRole('definition')
      .nth(['Looked at', 'Created', 'Changed', 'As they were', 'Refused'].indexOf(name))
  await expect(count('Created')).toHaveText('3')
  await expect(count('Refused')).toHaveText('2')
  await expect(page.getByRole('row', { name: /^4 cup-bad status This must be one of/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^6 cup-none name/ })).toBeVisible()
  await expectOpenToAll(page, 'import-job')
  const report = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the report' }).click()
  expect((await report).suggestedFilename()).toMatch(/^products-.*-refused\.csv$/)
})

test('an export is made and downloaded', async () => {
  await page.getByRole('link', { name: 'Imports and exports' }).first().click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'What it holds' }).selectOption('Stock')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const link = page.getByRole('link', { name: 'Download the file' })
  await expect(link).toBeVisible()
  const file = page.waitForEvent('download')
  await link.click()
  expect((await file).suggestedFilename()).toMatch(/^stock-.*\.csv$/)
})

test('words that mean the same are added, and a search is tried with them', async () => {
  await open('search', 'Search words')
  await page.getByRole('searchbox', { name: 'What people type' }).fill('snugglemat')
  await expect(page.getByText('Found: 0.')).toBeVisible()
  await page.getByRole('button', { name: 'New search words' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Words that mean the same' }).fill('snugglemat')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText('At least two words.')).toBeVisible()
  await expectOpenToAll(page, 'synonym-form')
  await dialog.getByRole('textbox', { name: 'Words that mean the same' }).fill('snugglemat\nrug')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByRole('cell', { name: /snugglemat, rug/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /rug/i }).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Categories' })).toBeVisible()
  await expectOpenToAll(page, 'search-words')
  expect(story.mistakes).toEqual([])
})
