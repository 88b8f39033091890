import { expect, test, type Page } from '@playwright/test'
import { startHilo, temporaryDataDir, type HiloProcess } from './hilo-process.ts'
import { Story, type Places } from './story.ts'

const dir = await temporaryDataDir()
let hilo: HiloProcess
let page: Page
let story: Story

/** Everything in one process has one address. */
const placesOf = ({ web, mqtt, demo }: HiloProcess): Places => ({
  admin: web,
  api: web,
  otherApi: web,
  mqtt,
  demo,
})

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  hilo = await startHilo(dir.path)
  page = await browser.newPage()
  story = new Story(page, placesOf(hilo))
})

test.afterAll(async () => {
  await page.close()
  await story.end()
  expect(await hilo.stop()).toBe(0)
  await dir.remove()
})

test('staff change a price, and every front end has it at once', () => story.changePrice())

test('a promotion for devices reaches the coffee machine and no browser', () => story.publishPromotion())

test('a front end that was away resumes and misses nothing', () => story.resume())

test('the coffee machine asks the price, buys once, and everyone hears of it', () => story.buy())

test('the same message again gives the same reply and no second order', async () => {
  await story.buyAgain()
  await hilo.stop()
  hilo = await startHilo(dir.path)
  await story.moveTo(placesOf(hilo))
  await story.buyAgain()
})

test('the customer sees the order as their own, and a guest or a stranger does not', () =>
  story.showOrderToItsOwner())

test("a stranger's device reads and writes none of these topics", () => story.keepStrangersOut())

test('the admin shows the order with its promotion and its tax', () => story.showOrderToStaff())
