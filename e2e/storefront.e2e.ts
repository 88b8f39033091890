import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { picture } from './admin.ts'
import { read } from './graphql.ts'
import { startHilo, type HiloProcess } from './hilo-process.ts'
import { seededDataDir } from './seeded-shop.ts'
import { serveStorefront } from './storefront.ts'

const SKU = 'COF-ESP-250'
const BLEND = 'Hilo Espresso Blend'

const dir = await seededDataDir()
let hilo: HiloProcess
let shop: Awaited<ReturnType<typeof serveStorefront>>
let context: BrowserContext
let page: Page
let other: Page
let staffToken: string
let orderPath: string
const mistakes: string[] = []

const asStaff = () => ({ web: hilo.web, headers: { authorization: `Bearer ${staffToken}` } })
const open = (path: string, where = page) => where.goto(`${shop.url}#/${path}`)

interface Kept {
  readonly variant: {
    readonly id: string
    readonly stock: readonly {
      readonly onHand: number
      readonly reserved: number
      readonly location: { readonly id: string }
    }[]
  }
  readonly priceLists: readonly { readonly id: string; readonly code: string }[]
}

const kept = (sku = SKU) =>
  read<Kept>(
    asStaff(),
    `{ variant(sku: "${sku}") { id stock { onHand reserved location { id } } } priceLists { id code } }`,
  )

/** What staff do in the admin. */
const setPrice = async (amountMinor: number, { sku = SKU, list = 'base-eu' } = {}): Promise<void> => {
  const { variant, priceLists } = await kept(sku)
  const priceListId = priceLists.find(({ code }) => code === list)!.id
  const input = { variantId: variant.id, priceListId, amount: { amountMinor, currency: 'EUR' } }
  await read(
    asStaff(),
    'mutation ($input: PriceSetInput!) { priceSet(input: $input) { userErrors { code } } }',
    { input },
  )
}

/** Somebody buys all that there is; later some come in. */
const setStock = async (pieces: 'none' | number): Promise<void> => {
  const { variant } = await kept()
  for (const { reserved, location } of variant.stock) {
    const onHand = pieces === 'none' ? reserved : reserved + pieces
    const input = { variantId: variant.id, locationId: location.id, onHand, idempotencyKey: randomUUID() }
    await read(
      asStaff(),
      'mutation ($input: StockSetInput!) { stockSet(input: $input) { userErrors { code } } }',
      { input },
    )
  }
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What an assistive technology would stumble over. */
const barriers = async (choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> => {
  // Without frames there is no need of a second page to put the results together.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)
}

const cartCount = (where: Page) => where.getByRole('link', { name: /^Cart/ })
const quantity = (where: Page) => where.getByRole('spinbutton', { name: /^Quantity of Hilo Espresso/ })

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  hilo = await startHilo(dir.path)
  shop = await serveStorefront(hilo.web)
  context = await browser.newContext({ locale: 'en-GB' })
  page = await context.newPage()
  other = await context.newPage()
  for (const each of [page, other]) each.on('pageerror', (error) => mistakes.push(String(error)))
  const { staffSignIn } = await read<{ staffSignIn: { token: string } }>(
    { web: hilo.web },
    'mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) { token userErrors { code } } }',
    { input: hilo.demo.staff },
  )
  staffToken = staffSignIn.token
})

test.afterAll(async () => {
  await context.close()
  await shop.close()
  await hilo.stop()
  await dir.remove()
})

test('a price that staff change is shown in the open window, and so is the last piece that somebody buys', async () => {
  await open('')
  await expect(page.getByRole('listitem')).toHaveCount(24)
  await page.getByRole('searchbox').fill('espresso blend')
  await page.getByRole('searchbox').press('Enter')
  await page.getByRole('link', { name: BLEND }).click()
  await expect(page.getByRole('heading', { name: BLEND })).toBeFocused()
  const price = page.getByRole('status', { name: 'Price' })
  await expect(price).toContainText('€8.90')
  await picture(page, 'storefront')

  await setPrice(950)
  await expect(price).toContainText('€9.50')
  await setStock('none')
  await expect(price).toContainText('Sold out')
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeDisabled()
  await setStock(3)
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
})

test('what is struck is the lowest price of the days before, and nothing where it was never sold for more', async () => {
  const price = other.getByRole('status', { name: 'Price' })
  const struck = price.locator('s')
  // In the season sale since the shop opened.
  await open('product/french-press', other)
  await expect(price).toContainText('€27.90')
  await expect(struck).toHaveCount(0)

  await open('product/classic-coffee-cup', other)
  await expect(price).toContainText('€39.90')
  await expect(struck).toHaveCount(0)
  await setPrice(2990, { sku: 'CUP-CLA', list: 'sale-eu' })
  await expect(price).toContainText('€29.90')
  await expect(struck).toHaveText('€39.90')
  await expect(price).toContainText('Lowest price of the 30 days before: €39.90')
  await other.reload()
  await expect(struck).toHaveText('€39.90')
})

test('two windows share a cart, and nobody overwrites what the other did', async () => {
  await open('cart', other)
  await expect(other.getByText('Your cart is empty.')).toBeVisible()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText(`Added: ${BLEND}`)).toBeVisible()
  await expect(quantity(other)).toHaveValue('1')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(quantity(other)).toHaveValue('2')

  await open('cart')
  await expect(quantity(page)).toHaveValue('2')
  // The other window's change is on its way when this one changes the same line.
  const held = Promise.withResolvers<void>()
  await other.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('cartLineSet')) await held.promise
    await route.continue()
  })
  await quantity(other).fill('5')
  await quantity(other).press('Tab')
  await quantity(page).fill('3')
  await quantity(page).press('Tab')
  await expect(page.getByText('€28.50').first()).toBeVisible()
  held.resolve()
  await expect(other.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' })).toBeVisible()
  await expect(quantity(other)).toHaveValue('3')
  await expect(quantity(page)).toHaveValue('3')
  await other.unrouteAll()
})

test('a coupon that cannot be is refused in words, and one that can takes off', async () => {
  await page.getByLabel('Coupon').fill('NONSENSE')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'NONSENSE' })).toBeVisible()
  await quantity(page).fill('4')
  await quantity(page).press('Tab')
  await expect(cartCount(other)).toHaveText(/4$/)
  await page.getByLabel('Coupon').fill('WELCOME5')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Welcome', { exact: true })).toBeVisible()
  await expect(other.getByText('Welcome', { exact: true })).toBeVisible()
})

test('whoever signs in finds the cart of the guest, in every window', async () => {
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail').fill(hilo.demo.customer.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible()
  await page.getByLabel('Password').fill(hilo.demo.customer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Cart' })).toBeVisible()
  await expect(quantity(page)).toHaveValue('4')
  await expect(other.getByRole('button', { name: 'Sign out' })).toBeVisible()

  // Both windows find their short token at its end, and trade it for the next.
  const before = await page.evaluate(() => {
    const tokens = JSON.parse(localStorage.getItem('hilo-session')!) as Record<string, string>
    localStorage.setItem('hilo-session', JSON.stringify({ ...tokens, expiresAt: new Date(0).toISOString() }))
    return tokens['token']
  })
  await quantity(page).fill('2')
  await quantity(page).press('Tab')
  await expect(quantity(other)).toHaveValue('2')
  const after = await page.evaluate(() => localStorage.getItem('hilo-session'))
  expect(after).not.toContain(before)
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
})

test('a window that was open while the shop restarted goes on hearing', async () => {
  await open('product/hilo-espresso-blend')
  const price = page.getByRole('status', { name: 'Price' })
  await expect(price).toContainText('€9.50')
  await setPrice(960)
  await expect(price).toContainText('€9.60')
  await hilo.stop()
  await expect(page.getByText('The shop cannot be reached')).toBeVisible()
  hilo = await startHilo(dir.path, { args: ['--port', new URL(hilo.web).port] })
  await setPrice(970)
  await expect(price).toContainText('€9.70')
  await expect(page.getByText('The shop cannot be reached')).toBeHidden()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(quantity(other)).toHaveValue('3')
})

test('the cart becomes an order, at the total that was shown', async () => {
  await open('checkout')
  await page.getByLabel('E-mail').fill('lucia@example.com')
  await page.getByLabel('Name').fill('Lucía Ferrer')
  await page.getByLabel('Street and number').fill('Calle del Espíritu Santo 14')
  await page.getByLabel('Postcode').fill('28004')
  await page.getByLabel('City').fill('Madrid')
  await page.getByRole('button', { name: /^Order and pay €/ }).click()
  await expect(page.getByRole('heading', { name: /^Order H-\d+$/ })).toBeVisible()
  await expect(page.getByText('Thank you. Your order is placed.')).toBeVisible()
  orderPath = new URL(page.url()).hash.slice(2)
  await expect(other.getByText('Your cart is empty.')).toBeVisible()
})

test('every page is free of barriers, light and dark, and fits a phone', async () => {
  await open('product/hilo-espresso-blend')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(cartCount(page)).toHaveText(/1$/)
  const paths = ['', 'product/hilo-espresso-blend', 'cart', 'checkout', 'sign-in', 'search/xyzzy', orderPath]
  await page.setViewportSize({ width: 390, height: 800 })
  for (const path of paths) {
    await open(path)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Loading…')
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await barriers((axe) => axe.withTags(WCAG)), path).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await barriers((axe) => axe.withRules('color-contrast')), `${path}, dark`).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  expect(mistakes).toEqual([])
})

test('it speaks Spanish to whoever chooses it', async () => {
  await open('search/espresso')
  await page.getByRole('button', { name: 'Español' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Productos' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
  await expect(page.getByRole('link', { name: 'Mezcla Espresso Hilo' })).toBeVisible()
})
