import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { HiloProcess } from './hilo-process.ts'

/** Signs staff in to the admin, as a person does. */
export const signIn = async (page: Page, { web, demo }: Pick<HiloProcess, 'web' | 'demo'>): Promise<void> => {
  await page.goto(`${web}/admin`)
  await page.getByLabel('E-mail').fill(demo.staff.email)
  await page.getByLabel('Password').fill(demo.staff.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  await expect(page.getByRole('status').getByText('Live', { exact: true })).toBeVisible()
}

/** Finds a product by its name and opens its editor. */
export const openProduct = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name: 'Products' }).first().click()
  await page.getByPlaceholder('Name, address or SKU').fill(name)
  await page.getByPlaceholder('Name, address or SKU').press('Enter')
  await page.getByRole('link', { name }).first().click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** Keeps a picture for the README when `HILO_PICTURES` names a folder; without it nothing is written. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['HILO_PICTURES']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
