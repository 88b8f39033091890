import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'

const node = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, args)).stdout

const ANSWER = `import('./e2e/pricing-page/answer.ts').then(({ answer }) => process.stdout.write(answer()))`

test('a browser prices a cart to the very answer of the server', async ({ page }) => {
  const outDir = await mkdtemp(join(tmpdir(), 'hilo-pricing-'))
  try {
    const args = ['node_modules/vite/bin/vite.js', 'build', 'e2e/pricing-page', '--outDir', outDir]
    await node(...args, '--emptyOutDir')
    const [script] = await readdir(join(outDir, 'assets'))
    await page.goto('about:blank')
    await page.addScriptTag({
      type: 'module',
      content: await readFile(join(outDir, 'assets', script!), 'utf8'),
    })
    await expect(page.locator('body')).not.toBeEmpty()
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
  const inBrowser = JSON.parse((await page.locator('body').textContent())!) as unknown
  expect(inBrowser).toEqual(JSON.parse(await node('--eval', ANSWER)))
  expect(inBrowser).toMatchObject({
    applications: [
      { promotionId: 'coffee', amount: '780' },
      { promotionId: 'happy-hour', amount: '299' },
      { promotionId: 'mug', amount: '900' },
      { promotionId: 'points', points: 58 },
    ],
    totals: { total: '6356' },
  })
})
