import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test, type Page } from '@playwright/test'
import { verifyWebhook } from '@hilo/webhooks/verify'
import { openProduct, signIn } from './admin.ts'
import { askAs, beginAdminStory, type AdminStory } from './admin-story.ts'
import { expectOpenToAll } from './barriers.ts'
import { ask } from './graphql.ts'
import type { HiloProcess } from './hilo-process.ts'

let story: AdminStory
let hilo: HiloProcess
let page: Page
let receiver: Server
let url: string
let secret: string
let status = 204
const received: { readonly headers: Record<string, string>; readonly body: string }[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ headers: request.headers as Record<string, string>, body: await text(request) })
    response.writeHead(status).end(status === 204 ? undefined : 'not today')
  }
  receiver = createServer((request, response) => void receive(request, response))
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  story = await beginAdminStory(browser, { env: { HILO_WEBHOOKS_ALLOW_PRIVATE: '127.0.0.0/8' } })
  ;({ hilo, page } = story)
  await signIn(page, hilo)
})

test.afterAll(async () => {
  await story.end()
  receiver.close()
})

test('a webhook is refused inside a private network, and made with a secret that is shown once', async () => {
  await page.getByRole('link', { name: 'Settings' }).first().click()
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible()
  await expectOpenToAll(page, 'webhooks-none')
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill('https://169.254.169.254/latest')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await expect(page.getByText('is inside a private network')).toBeVisible()
  await page.getByText('Chosen events', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'product.updated' }).check()
  await expectOpenToAll(page, 'webhook-form')
  await page.getByRole('textbox', { name: 'Address' }).fill(url)
  await page.getByRole('textbox', { name: 'Description' }).fill('Search index')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  await expect(page.getByRole('heading', { name: 'Keep this secret' })).toBeVisible()
  secret = (await page.getByText(/^whsec_/).textContent())!
  await page.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Search index' })).toBeVisible()
})

test('a test shows its answer at once, and the receiver believes it', async () => {
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('The test has arrived')).toBeVisible()
  const { headers, body } = received.at(-1)!
  const message = await verifyWebhook({ secret, headers, body, now: new Date() })
  expect(message.type).toBe('webhook.test')
  await expect(page.getByRole('button', { name: 'webhook.test' })).toBeVisible()
  status = 500
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('The test did not arrive')).toBeVisible()
  await expect(page.getByRole('row', { name: /Failed HTTP 500/ })).toBeVisible()
  status = 204
  await expectOpenToAll(page, 'webhook')
})

test('what happens is delivered, shown with its answer, and sent again', async () => {
  const endpoint = page.url()
  await openProduct(page, 'Merino Throw')
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Merino throw, warm')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Merino throw, warm' })).toBeVisible()
  await page.goto(endpoint)
  const row = page.getByRole('row', { name: /product\.updated/ }).first()
  await expect(row.getByText('Delivered')).toBeVisible()
  const count = received.length
  await row.getByRole('button', { name: 'product.updated' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('HTTP 204')).toBeVisible()
  await expect(drawer.getByText('"type": "product.updated"')).toBeVisible()
  await expectOpenToAll(page, 'delivery')
  await drawer.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => received.length).toBeGreaterThan(count)
  expect(received.at(-1)!.headers['webhook-id']).toBe(received[count - 1]!.headers['webhook-id'])
  await page.getByRole('button', { name: 'Send again' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText(/\d+ events? (is|are) sent again/)).toBeVisible()
})

test('the audit says who changed what, from where, and what it was before', async () => {
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  await expectOpenToAll(page, 'audit')
  const row = page.getByRole('row', { name: /changed a product/ }).first()
  await expect(row).toContainText('127.0.0.1')
  await row.getByRole('button', { name: 'changed a product' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('Merino throw, warm').first()).toBeVisible()
  await expect(drawer.getByText('Merino Throw').first()).toBeVisible()
  await expectOpenToAll(page, 'audit-entry')
  await drawer.getByRole('link', { name: 'All of its history' }).click()
  await expect(page).toHaveURL(/subject=prod_/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('row', { name: /made a product/ }).first()).toBeVisible()
})

/** The market of this name on the page, with its channels. */
const market = (name: string) => page.getByRole('region', { name })

test('a market is made with all that it reckons by, and what is wrong with it stands at its field', async () => {
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Markets' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Markets and channels' })).toBeVisible()
  await page.getByRole('button', { name: 'New market' }).click()
  const dialog = page.getByRole('dialog')
  const field = (name: string) => dialog.getByRole('textbox', { name, exact: true })
  const wrong = (name: string, message: string) =>
    expect(field(name).last()).toHaveAccessibleDescription(new RegExp(message))
  await field('Code').fill('eu')
  await field('Name (English)').fill('Switzerland')
  await field('Currency').fill('F1')
  for (const country of ['ch', 'CH']) {
    await field('Country').last().fill(country)
    await field('Standard tax').last().fill('8.1')
    await field('Reduced tax').last().fill('2.6')
    if (country === 'ch') await dialog.getByRole('button', { name: 'Add a country' }).click()
  }
  await field('Price of a delivery').fill('a lot')
  const submit = dialog.getByRole('button', { name: 'Make the market' })
  await submit.click()
  await wrong('Currency', 'Three letters')
  await wrong('Country', 'CH is there already')
  await expect(field('Currency')).toBeFocused()
  await field('Currency').fill('chf')
  await field('Standard tax').last().fill('120')
  await submit.click()
  await wrong('Price of a delivery', 'CHF')
  await wrong('Standard tax', 'from 0 to 100')
  await field('Price of a delivery').fill('7')
  await dialog.getByRole('button', { name: 'Remove Switzerland' }).last().click()
  await submit.click()
  await wrong('Code', 'There is a market eu already')
  await expect(field('Code')).toBeFocused()
  await expectOpenToAll(page, 'market-form', '[role="dialog"]')
  await field('Code').fill('ch')
  await dialog.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Zurich')
  await dialog.getByRole('combobox', { name: 'Tax is rounded' }).selectOption('For each piece')
  const stacking = dialog.getByRole('combobox', { name: 'When several promotions fit' })
  await stacking.selectOption('Only the best on each item')
  await expect(stacking).toHaveAccessibleDescription(/only the one that takes the most off/)
  await submit.click()
  await expect(market('Switzerland (CHF)')).toContainText('No channel yet')
  await expect(market('Switzerland (CHF)')).toContainText('CHF 7.00 · Europe/Zurich')
  const { markets } = await askAs<{ markets: { code: string }[] }>(
    page,
    '{ markets { code stacking taxPer taxes { country standardPpm } } }',
  )
  expect(markets).toContainEqual({
    code: 'ch',
    stacking: 'BEST_DEAL',
    taxPer: 'UNIT',
    taxes: [{ country: 'CH', standardPpm: 81_000 }],
  })
})

test('a channel opens in it, served by a location, and front ends hear at once that it closes and opens', async () => {
  const swiss = market('Switzerland (CHF)')
  const dialog = page.getByRole('dialog')
  const frontEnd = { web: hilo.web, headers: { 'hilo-channel': 'web-ch' } }
  const seen = async () => {
    const { data, errors } = await ask<{ context: { currency: string } }>(
      frontEnd,
      '{ context { currency } }',
    )
    return data?.context.currency ?? errors?.[0]?.extensions.code
  }
  await swiss.getByRole('button', { name: 'New channel in Switzerland' }).click()
  await dialog.getByRole('textbox', { name: 'Code' }).fill('web-eu')
  await dialog.getByRole('textbox', { name: 'Name (English)' }).fill('Web, Switzerland')
  await dialog.getByRole('button', { name: 'Open the channel' }).click()
  await expect(dialog.getByText('There is a channel web-eu already.')).toBeVisible()
  await expectOpenToAll(page, 'channel-form', '[role="dialog"]')
  await dialog.getByRole('textbox', { name: 'Code' }).fill('web-ch')
  await dialog.getByRole('button', { name: 'Open the channel' }).click()
  await expect(swiss.getByRole('row', { name: 'Web, Switzerland' })).toContainText('No location')
  expect(await seen()).toBe('CHF')
  await swiss.getByRole('button', { name: 'Change Web, Switzerland' }).click()
  await dialog.getByRole('group', { name: 'Served by' }).getByLabel('Madrid warehouse').check()
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(swiss.getByRole('row', { name: 'Web, Switzerland' })).toContainText('Madrid warehouse')
  await expect(market('Europe (EUR)').getByRole('row', { name: 'Web, Europe' })).toContainText(
    'Madrid warehouse',
  )
  await swiss.getByRole('button', { name: 'Change Switzerland' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Currency' })).toBeDisabled()
  await page.keyboard.press('Escape')

  await swiss.getByRole('button', { name: 'Close Web, Switzerland' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('“Web, Switzerland” is closed.')).toBeVisible()
  await expect(swiss.getByRole('row', { name: 'Web, Switzerland' })).toContainText('Closed')
  await expect.poll(seen).toBe('UNKNOWN_CHANNEL')
  await expectOpenToAll(page, 'markets')
  await swiss.getByRole('button', { name: 'Open again: Web, Switzerland' }).click()
  await expect(page.getByText('“Web, Switzerland” is open again.')).toBeVisible()
  // What was pressed is gone; whoever has no mouse goes on beside it.
  await expect(swiss.getByRole('button', { name: 'Change Web, Switzerland' })).toBeFocused()
  await expect.poll(seen).toBe('CHF')
})

test('the default channel cannot be closed, not even from a page that does not know yet that it is', async () => {
  const [was, other] = ['Web, Europe', 'Stores, Europe'] as const
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row(was)).toContainText('so it stays open')
  await expect(page.getByRole('button', { name: `Close ${was}` })).toHaveCount(0)
  const late = await story.context.newPage()
  await late.goto(`${hilo.web}/admin/settings/markets`)
  await page.getByRole('button', { name: `Make default: ${other}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make default' }).click()
  await expect(row(other)).toContainText('Default')
  await late.getByRole('button', { name: `Close ${other}` }).click()
  await late.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await expect(late.getByText(/answers whoever names none, so it cannot be closed/)).toBeVisible()
  await late.close()
  await page.getByRole('button', { name: `Make default: ${was}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make default' }).click()
  await expect(row(was)).toContainText('Default')
})

test('the audit tells that there is something new, and moves only when asked', async () => {
  await page.goto(`${hilo.web}/admin/settings/audit?by=`)
  await expect(page.getByRole('row', { name: /signed in/ }).first()).toBeVisible()
  const other = await story.context.newPage()
  await other.goto(`${hilo.web}/admin/products`)
  await openProduct(other, 'Merino throw, warm')
  await other.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Merino throw')
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(other.getByRole('heading', { level: 1, name: 'Merino throw', exact: true })).toBeVisible()
  await other.close()
  await page.getByRole('button', { name: /new entr/ }).click()
  await expect(page.getByRole('button', { name: /new entr/ })).toBeHidden()
  await page.getByRole('combobox', { name: 'What' }).selectOption('changed a product')
  await expect(page).toHaveURL(/type=ProductUpdated\.v1/)
  await expect(page.getByRole('row', { name: /signed in/ })).toHaveCount(0)
  expect(story.mistakes).toEqual([])
})
