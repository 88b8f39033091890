import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { signIn } from './admin.ts'
import { beginAdminStory, type AdminStory } from './admin-story.ts'
import { expectOpenToAll } from './barriers.ts'
import { read, type FrontEnd } from './graphql.ts'
import type { HiloProcess } from './hilo-process.ts'

const SKU = 'COF-ESP-1000'
/** A Friday at 18:00 in Madrid, and the same day at 21:00. */
const [OPEN, CLOSED] = ['2030-01-04T17:00:00Z', '2030-01-04T20:00:00Z']
const NAME = 'Fridays, 3 for 2'
let story: AdminStory
let hilo: HiloProcess
let staff: FrontEnd
let page: Page
let codes: string[] = []

test.describe.configure({ mode: 'serial' })

/** Three bags of coffee are bought, for the simulator to look back at. */
const buy = async (): Promise<void> => {
  const { customerSignIn } = await read<{ customerSignIn: { token: string } }>(
    hilo,
    'mutation ($input: CustomerSignInInput!) { customerSignIn(input: $input) { token } }',
    { input: hilo.demo.customer },
  )
  const customer = {
    web: hilo.web,
    headers: { authorization: `Bearer ${customerSignIn.token}`, 'hilo-channel': 'web-eu' },
  }
  const { cartCreate } = await read<{ cartCreate: { cart: { id: string } } }>(
    customer,
    'mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } } }',
    { input: { lines: [{ sku: SKU, quantity: 3 }], country: 'ES', idempotencyKey: randomUUID() } },
  )
  const { orderPlace } = await read<{ orderPlace: { userErrors: object[] } }>(
    customer,
    'mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { userErrors { code } } }',
    { input: { cartId: cartCreate.cart.id, idempotencyKey: randomUUID() } },
  )
  expect(orderPlace.userErrors).toEqual([])
}

test.beforeAll(async ({ browser }) => {
  story = await beginAdminStory(browser)
  ;({ hilo, page } = story)
  await buy()
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    hilo,
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token } }',
    { input: hilo.demo.staff },
  )
  staff = { web: hilo.web, headers: { authorization: `Bearer ${staffSignIn.token}` } }
  await signIn(page, hilo)
})

test.afterAll(() => story.end())

const heading = (name: string) => page.getByRole('heading', { level: 1, name })

/** Types into a field, as somebody without a mouse does. */
const type = async (name: string, text: string): Promise<void> => {
  await page.getByRole('textbox', { name, exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

/** Chooses from a list by the first letters. */
const choose = async (name: string, letters: string): Promise<void> => {
  const list = page.getByRole('combobox', { name, exact: true })
  await list.focus()
  await page.keyboard.type(letters)
  await expect(list.locator('option:checked')).toHaveText(new RegExp(`^${letters}`, 'i'))
}

/** Picks what a search by name finds. */
const pick = async (name: string, text: string): Promise<void> => {
  await page.getByRole('combobox', { name, exact: true }).focus()
  await page.keyboard.type(text)
  await expect(page.getByRole('option', { name: text })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Remove ${text}` })).toBeVisible()
}

/** The segments whose members are partners. */
const partnerIds = async (): Promise<string[]> => {
  const { segments } = await read<{ segments: { nodes: { id: string }[] } }>(
    staff,
    '{ segments { nodes { id } } }',
  )
  return segments.nodes.map(({ id }) => id)
}

/** The names of our promotions in a cart of three bags of coffee with a code, at that moment. */
const applied = async (at: string, segmentIds: string[], code: string): Promise<string[]> => {
  const { channels, variant } = await read<{
    channels: { id: string; code: string }[]
    variant: { id: string }
  }>(staff, `{ channels { id code } variant(sku: "${SKU}") { id } }`)
  const channelId = channels.find((channel) => channel.code === 'web-eu')!.id
  const { viewAs } = await read<{ viewAs: { cart: { applications: { name: string }[] } } }>(
    staff,
    `query ($viewer: ViewerInput!, $lines: [ViewedLineInput!]!, $codes: [String!]) {
      viewAs(viewer: $viewer) { cart(lines: $lines, couponCodes: $codes) { applications { name } } } }`,
    {
      viewer: { channelId, at, segmentIds },
      lines: [{ variantId: variant.id, quantity: 3 }],
      codes: [code],
    },
  )
  return viewAs.cart.applications.map(({ name }) => name).filter((name) => /^(Fridays|Viernes)/.test(name))
}

const sentence = () => page.locator('[data-sentence]')

test('a promotion is built by keyboard, and says all the time what it does', async () => {
  await page.getByRole('link', { name: 'Promotions' }).first().press('Enter')
  await expect(heading('Promotions')).toBeVisible()
  await expectOpenToAll(page, 'promotions')
  await page.getByRole('link', { name: 'New promotion' }).press('Enter')
  await expect(heading('New promotion')).toBeVisible()
  await type('Name in English', NAME)
  await type('Name in Spanish', 'Viernes, 3 por 2')
  await choose('Gives', 'The cheapest')
  await type('How many are reduced', '1')
  await type('Of every', '3')
  await type('Percentage', '101')
  await page.keyboard.press('Tab')
  await expect(page.getByText('A percentage above 0, at most 100.')).toBeVisible()
  await type('Percentage', '100')
  await choose('For these items', 'Collections')
  await pick('Collections', 'The coffee corner')
  await expect(sentence()).toHaveText('The cheapest of every 3 the coffee corner free')
})

test('the draft is simulated over what was ordered, before anything is saved', async () => {
  await type('Last days', '7')
  await page.getByRole('button', { name: 'Simulate' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Orders of 7 days · EUR' })).toBeVisible()
  await expect(page.getByText('1 of 1 would change')).toBeVisible()
  const change = page.getByRole('row', { name: /^Revenue/ }).getByRole('cell')
  await expect(change.last()).toHaveText(/^-€\d/)
  await expect(page.getByRole('img', { name: /^Revenue in EUR/ })).toBeVisible()
  await expectOpenToAll(page, 'promotion-simulated')
})

test('it is narrowed to a segment, to Friday evenings in Madrid and to those with a code', async () => {
  await pick('Segments', 'Partners')
  await page.getByRole('button', { name: 'Add hours' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Friday' }).press('Space')
  const hours = page.getByRole('group', { name: 'Weekly hours 1' })
  await hours.getByRole('textbox', { name: 'From' }).focus()
  await page.keyboard.type('17')
  await page.keyboard.press('Tab')
  await page.keyboard.type('20')
  await choose('Time zone', 'Europe/Madrid')
  await choose('Starts', 'with a code')
  await expect(sentence()).toHaveText(
    'The cheapest of every 3 the coffee corner free for Partners Fri 17:00–20:00 with a code',
  )
  await expect(
    page.getByText('El más barato de cada 3 gratis en el rincón del café para Socios'),
  ).toBeVisible()
  await expect(page.getByText('The promotion was changed since. Simulate again.')).toBeVisible()
  await page.getByRole('button', { name: 'Create draft' }).press('Enter')
  await expect(heading(NAME)).toBeVisible()
  await expect(hours.getByRole('textbox', { name: 'From' })).toHaveValue('17:00')
  await expect(sentence()).toContainText('for Partners Fri 17:00–20:00 with a code')
})

test('twenty codes are made, downloaded, and published with their promotion', async () => {
  await page.getByRole('button', { name: 'Generate codes' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name, such as the campaign' }).focus()
  await page.keyboard.type('Leaflets')
  await type('How many', '20')
  await type('Begins with', 'FRI-')
  await expectOpenToAll(page, 'promotion-codes-new')
  await page.keyboard.press('Enter')
  const save = page.getByRole('button', { name: 'Download Leaflets as CSV' })
  await expect(save).toBeVisible()
  await expect(page.getByRole('status').getByText('20 codes')).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), save.press('Enter')])
  expect(download.suggestedFilename()).toBe('Leaflets.csv')
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  expect(head).toBe('code,used,disabled')
  codes = lines.map((line) => line.split(',')[0]!.replaceAll('"', ''))
  expect(new Set(codes).size).toBe(20)
  for (const code of codes) expect(code).toMatch(/^FRI-/)

  await page.getByRole('button', { name: 'Publish' }).press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('free for Partners Fri 17:00–20:00 with a code')
  await question.getByRole('button', { name: 'Publish' }).press('Enter')
  await expect(page.getByText('Published', { exact: true })).toBeVisible()
  await expectOpenToAll(page, 'promotion')
})

test('it is paused and resumed by its buttons, and takes nothing off in between', async () => {
  const partners = await partnerIds()
  const answer = async (button: string): Promise<void> => {
    await page.getByRole('button', { name: button, exact: true }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: button, exact: true }).press('Enter')
  }
  expect(await applied(OPEN, partners, codes[0]!)).toHaveLength(1)
  await answer('Pause')
  await expect(page.getByText(`“${NAME}” is paused.`)).toBeVisible()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await expectOpenToAll(page, 'promotion-paused')
  expect(await applied(OPEN, partners, codes[0]!)).toEqual([])
  await answer('Resume')
  await expect(page.getByText(`“${NAME}” holds again.`)).toBeVisible()
  await expect(page.getByText('Published', { exact: true })).toBeVisible()
  expect(await applied(OPEN, partners, codes[0]!)).toHaveLength(1)
})

test('a partner’s cart gets it on Friday evening with such a code, and nobody else does', async () => {
  const partners = await partnerIds()
  expect(await applied(OPEN, partners, codes[0]!)).toHaveLength(1)
  expect(await applied(CLOSED, partners, codes[0]!)).toEqual([])
  expect(await applied(OPEN, [], codes[0]!)).toEqual([])

  await page.getByRole('textbox', { name: 'Codes that begin with' }).fill(codes[0]!)
  await page.getByRole('button', { name: `Switch off ${codes[0]}` }).press('Enter')
  await expect(page.getByRole('button', { name: `Switch on ${codes[0]}` })).toBeVisible()
  expect(await applied(OPEN, partners, codes[0]!)).toEqual([])
  expect(await applied(OPEN, partners, codes[1]!)).toHaveLength(1)
  await page.getByRole('button', { name: 'Switch off Leaflets' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Switch on Leaflets' })).toBeVisible()
  expect(await applied(OPEN, partners, codes[1]!)).toEqual([])
})

test('what is saved in the form leaves everything else of a rule as it was', async () => {
  const definition = {
    v: 1,
    trigger: 'AUTOMATIC',
    startsAt: '2026-12-01T08:30:15Z',
    effect: {
      kind: 'TIERED',
      target: 'ORDER',
      tiers: [
        { quantity: 3, off: { EUR: 1_000, USD: 1_100 } },
        { quantity: 6, off: { EUR: 2_000, USD: 2_200 } },
      ],
    },
    items: {
      all: [
        { not: { category: ['furniture'] } },
        { any: [{ sku: [SKU] }, { priceAtLeast: { EUR: 900, USD: 950 } }] },
      ],
    },
    conditions: [{ kind: 'DELIVERY_METHOD', methods: ['pickup'] }],
    channels: { kinds: ['WEB'], codes: ['store-eu'] },
    audience: { firstOrder: true, near: { latitude: 40.4168, longitude: -3.7038, radiusMetres: 5_000 } },
    cap: { amountMinor: 5_000, currency: 'EUR' },
    combinesWith: [],
  }
  const { promotionCreate } = await read<{
    promotionCreate: { promotion: { id: string } | null; userErrors: object[] }
  }>(
    staff,
    `mutation ($input: PromotionCreateInput!) {
      promotionCreate(input: $input) { promotion { id } userErrors { code message path } } }`,
    { input: { name: { en: 'Everything', es: 'Todo' }, definition } },
  )
  expect(promotionCreate.userErrors).toEqual([])
  const id = promotionCreate.promotion!.id
  await page.goto(`${hilo.web}/admin/promotions/${id}`)
  await expect(heading('Everything')).toBeVisible()
  await expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
  await expectOpenToAll(page, 'promotion-everything')
  await type('Metres around', '7500')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
  const { promotion } = await read<{ promotion: { definition: typeof definition } }>(
    staff,
    `{ promotion(id: "${id}") { definition } }`,
  )
  const near = { ...definition.audience.near, radiusMetres: 7_500 }
  expect(promotion.definition).toEqual({ ...definition, audience: { ...definition.audience, near } })
  expect(story.mistakes).toEqual([])
})
