import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { signIn } from './admin.ts'
import { beginAdminStory, type AdminStory } from './admin-story.ts'
import { barriersOn, expectOpenToAll } from './barriers.ts'
import { ask, read, type FrontEnd } from './graphql.ts'
import type { HiloProcess } from './hilo-process.ts'

const PASSWORD = 'a few words to begin with'
let story: AdminStory
let hilo: HiloProcess
let page: Page
/** The orders of the demo, by the channel they came through. */
const orders: Record<string, string> = {}

test.describe.configure({ mode: 'serial' })

const place = async (frontEnd: FrontEnd): Promise<string> => {
  const { cartCreate } = await read<{ cartCreate: { cart: { id: string } } }>(
    frontEnd,
    'mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }',
    { input: { lines: [{ sku: 'COF-ESP-1000', quantity: 1 }], country: 'ES', idempotencyKey: randomUUID() } },
  )
  const { orderPlace } = await read<{ orderPlace: { order: { number: string } } }>(
    frontEnd,
    'mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { order { number } userErrors { code } } }',
    { input: { cartId: cartCreate.cart.id, idempotencyKey: randomUUID() } },
  )
  return orderPlace.order.number
}

test.beforeAll(async ({ browser }) => {
  story = await beginAdminStory(browser)
  ;({ hilo, page } = story)
  const { customerSignIn } = await read<{ customerSignIn: { token: string } }>(
    hilo,
    'mutation ($input: CustomerSignInInput!) { customerSignIn(input: $input) { token userErrors { code } } }',
    { input: hilo.demo.customer },
  )
  for (const channel of ['web-eu', 'store-eu']) {
    const headers = { authorization: `Bearer ${customerSignIn.token}`, 'hilo-channel': channel }
    orders[channel] = await place({ web: hilo.web, headers })
  }
  await signIn(page, hilo)
})

test.afterAll(() => story.end())

const settings = async (name: string): Promise<void> => {
  await page.goto(`${hilo.web}/admin/settings`)
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

const emailOf = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@shop.example`

/** Adds somebody with one role in the browser, in one channel when said. */
const addMember = async (name: string, role: string, channel?: string): Promise<void> => {
  await settings('Team')
  await page.getByRole('button', { name: 'New member' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('E-mail').fill(emailOf(name))
  await form.getByLabel('First password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Add a role' }).click()
  await form.getByLabel('Role', { exact: true }).selectOption({ label: role })
  if (channel) {
    await form.getByText('Only these channels').click()
    await form.getByRole('button', { name: 'Add member' }).click()
    await expect(form.getByText('Choose at least one.')).toBeVisible()
    await form.getByRole('checkbox', { name: channel }).check()
    await expectOpenToAll(page, 'team-new')
  }
  await form.getByRole('button', { name: 'Add member' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Signs somebody in with a browser of their own. */
const enter = async (
  browser: Browser,
  name: string,
): Promise<{ theirs: Page; leave: () => Promise<void> }> => {
  const own = await browser.newContext({ locale: 'en-GB' })
  const theirs = await own.newPage()
  theirs.on('pageerror', (error) => story.mistakes.push(`${name}: ${String(error)}`))
  await signIn(theirs, {
    web: hilo.web,
    demo: { ...hilo.demo, staff: { email: emailOf(name), password: PASSWORD } },
  })
  return { theirs, leave: () => own.close() }
}

const placesOf = (theirs: Page): Promise<string[]> =>
  theirs.getByRole('navigation', { name: 'Main' }).first().getByRole('link').allTextContents()

test('the last administrator stays one, and is told so', async () => {
  await settings('Team')
  await expectOpenToAll(page, 'team')
  await page.getByRole('row', { name: /You/ }).getByRole('link').click()
  await expectOpenToAll(page, 'team-member')
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('This is the last administrator.')).toBeVisible()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await page.getByRole('button', { name: 'Save roles' }).click()
  await expect(page.getByRole('alert')).toHaveText('This is the last administrator.')
})

test('support of one channel sees the orders of that channel, and no settings of the shop', async ({
  browser,
}) => {
  await addMember('Sofia Support', 'Support', 'Web, Europe')
  await settings('Team')
  await expect(page.getByRole('row', { name: /Sofia Support/ })).toContainText('Support in Web, Europe')
  const { theirs, leave } = await enter(browser, 'Sofia Support')
  await expect(theirs.getByRole('link', { name: orders['web-eu']! })).toBeVisible()
  await theirs.getByRole('link', { name: 'Orders' }).first().click()
  await expect(theirs.getByRole('link', { name: orders['web-eu']! })).toBeVisible()
  await expect(theirs.getByRole('link', { name: orders['store-eu']! })).toHaveCount(0)
  await theirs.getByRole('link', { name: orders['web-eu']! }).click()
  await expect(theirs.getByRole('button', { name: 'Cancel order' })).toBeVisible()
  await theirs.goto(`${hilo.web}/admin/settings`)
  await expect(theirs.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
  await theirs.goto(`${hilo.web}/admin/settings/team`)
  await expect(theirs.getByText('This page needs the permission “Change team and roles”')).toBeVisible()
  expect(await barriersOn(theirs)).toEqual([])
  await leave()
})

test('the warehouse counts stock, and sees no prices, promotions and devices', async ({ browser }) => {
  await addMember('Walter Hall', 'Warehouse')
  const { theirs, leave } = await enter(browser, 'Walter Hall')
  expect(await placesOf(theirs)).toEqual(['Home', 'Products', 'Orders', 'Settings'])
  await theirs.goto(`${hilo.web}/admin/promotions`)
  await expect(theirs.getByText('This page needs the permission “See promotions”')).toBeVisible()
  await theirs.getByRole('link', { name: 'Products' }).first().click()
  await expect(theirs.getByRole('link', { name: 'New product' })).toHaveCount(0)
  await theirs.getByRole('link', { name: 'Merino Throw' }).first().click()
  await expect(theirs.getByLabel('Price in Europe')).toHaveCount(0)
  await expect(theirs.getByRole('textbox', { name: 'Name', exact: true }).first()).toBeDisabled()
  const onHand = theirs.getByRole('textbox', { name: /On hand/ }).first()
  await onHand.fill('77')
  await theirs.getByRole('button', { name: 'Save changes' }).click()
  await expect(theirs.getByText('Saved', { exact: true }).first()).toBeVisible()
  await theirs.reload()
  await expect(onHand).toHaveValue('77')
  await expect(theirs.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
  await theirs.keyboard.press('Control+k')
  await theirs.getByRole('dialog').getByRole('combobox').fill('Merino')
  await expect(theirs.getByRole('option', { name: /Merino Throw/ })).toBeVisible()
  await leave()
})

test('who may only read sees everything of the trade, and changes nothing', async ({ browser }) => {
  await addMember('Rita Reader', 'Read only')
  const { theirs, leave } = await enter(browser, 'Rita Reader')
  expect(await placesOf(theirs)).toEqual([
    'Home',
    'Products',
    'Prices',
    'Promotions',
    'Orders',
    'Devices',
    'Settings',
  ])
  for (const path of ['products', 'prices', 'promotions', 'orders', 'devices']) {
    await theirs.goto(`${hilo.web}/admin/${path}`)
    await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(theirs.getByRole('main').getByText(/^New /)).toHaveCount(0)
  }
  await theirs.goto(`${hilo.web}/admin/products/new`)
  await expect(theirs.getByText('This page needs the permission “Change the catalogue”')).toBeVisible()
  await theirs.goto(`${hilo.web}/admin/orders`)
  await theirs.getByRole('link', { name: orders['store-eu']! }).click()
  await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(theirs.getByRole('button', { name: 'Cancel order' })).toHaveCount(0)
  await leave()
})

test('who is disabled is out at once', async ({ browser }) => {
  const { theirs, leave } = await enter(browser, 'Rita Reader')
  await settings('Team')
  await page.getByRole('link', { name: 'Rita Reader' }).click()
  await page.getByRole('button', { name: 'Disable' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Rita Reader is signed out')).toBeVisible()
  // Nobody touches the other browser.
  await expect(theirs).toHaveURL(/sign-in/)
  await theirs.getByLabel('E-mail').fill(emailOf('Rita Reader'))
  await theirs.getByLabel('Password').fill(PASSWORD)
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(theirs.getByText('The e-mail or the password is not right.')).toBeVisible()
  await leave()
})

test('a role of one’s own is made, given, kept while somebody has it, and taken away', async () => {
  await settings('Roles')
  await expectOpenToAll(page, 'roles')
  await page.getByRole('button', { name: 'New role' }).click()
  await page.getByLabel('Name').fill('Helpers')
  await page.getByRole('checkbox', { name: 'Change orders' }).check()
  await expect(page.getByRole('checkbox', { name: 'See orders' })).toBeDisabled()
  await expectOpenToAll(page, 'role-form')
  await page.getByRole('button', { name: 'Add role' }).click()
  await expect(page.getByRole('row', { name: /Helpers/ })).toContainText('Change orders')
  await page.getByRole('button', { name: 'Delete Support' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('This role is held by 2 members of staff.')).toBeVisible()
  await page.getByRole('button', { name: 'Change Helpers' }).click()
  await page.getByRole('checkbox', { name: 'See devices' }).check()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('row', { name: /Helpers/ })).toContainText('Change orders · See devices')
  await page.getByRole('button', { name: 'Delete Helpers' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('row', { name: /Helpers/ })).toHaveCount(0)
})

test('a key is made, used, rotated and revoked', async () => {
  const codesWith = async (secret: string): Promise<string[]> => {
    const program = { web: hilo.web, headers: { authorization: `Bearer ${secret}` } }
    const { errors = [] } = await ask(program, '{ products(first: 1) { nodes { id } } }')
    return errors.map(({ extensions }) => extensions.code)
  }
  const shownSecret = async (): Promise<string> => {
    await expect(page.getByRole('heading', { name: 'Keep this secret' })).toBeVisible()
    const secret = (await page.getByText(/^hk_/).last().textContent())!
    await page.getByRole('button', { name: 'I have kept it' }).click()
    return secret
  }
  await settings('API keys')
  await expectOpenToAll(page, 'keys')
  await page.getByRole('button', { name: 'New API key' }).click()
  await page.getByLabel('Name').fill('Storefront')
  await expect(page.getByRole('checkbox', { name: 'See stock' })).toBeChecked()
  await page
    .getByLabel('For', { exact: true })
    .selectOption({ label: 'An import of goods, prices and stock' })
  await expect(page.getByRole('checkbox', { name: 'Change prices' })).toBeChecked()
  await page.getByLabel('For', { exact: true }).selectOption({ label: 'The server of a front end' })
  await expectOpenToAll(page, 'key-form')
  await page.getByRole('button', { name: 'Create key' }).click()
  const first = await shownSecret()
  await expect(page.getByRole('heading', { level: 1, name: 'Storefront' })).toBeVisible()
  expect(await codesWith(first)).toEqual([])
  await page.getByRole('button', { name: 'Rotate' }).click()
  await page.getByLabel('The present secret works on').selectOption({ label: 'For a day' })
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate' }).click()
  const second = await shownSecret()
  expect([await codesWith(first), await codesWith(second)]).toEqual([[], []])
  await expect(page.getByText('Changing over')).toBeVisible()
  await expectOpenToAll(page, 'key')
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible()
  for (const secret of [first, second]) expect(await codesWith(secret)).toEqual(['UNAUTHENTICATED'])
  await settings('API keys')
  await expect(page.getByRole('row', { name: /Storefront/ })).toContainText('Revoked')
})

test('everybody keeps their own profile: password, language, sessions', async ({ browser }) => {
  const { theirs: here, leave: leaveHere } = await enter(browser, 'Walter Hall')
  const { theirs: there, leave: leaveThere } = await enter(browser, 'Walter Hall')
  await here.goto(`${hilo.web}/admin/settings/profile`)
  expect(await barriersOn(here)).toEqual([])
  await here.getByRole('button', { name: 'End all others' }).click()
  await expect(here.getByRole('button', { name: 'End all others' })).toHaveCount(0)
  await expect(there).toHaveURL(/sign-in/)
  await here.getByRole('button', { name: 'Change password' }).click()
  const form = here.getByRole('dialog')
  await form.getByLabel('Present password').fill('not this one')
  await form.getByLabel('New password').fill('other words to go on with')
  await form.getByRole('button', { name: 'Change password' }).click()
  await expect(form.getByText('The present password is not right.')).toBeVisible()
  await form.getByLabel('Present password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('Your password is changed.')).toBeVisible()
  await here.getByText('Español').click()
  await here.getByRole('button', { name: 'Save changes' }).click()
  await expect(here.getByRole('heading', { level: 1, name: 'Tu perfil' })).toBeVisible()
  await leaveHere()
  await leaveThere()
  expect(story.mistakes).toEqual([])
})
