import { expect, test } from '@playwright/test'
import { run } from './run-hilo.ts'

test('Postgres stopped and started under load loses nothing acknowledged, and everybody goes on by themselves', async () => {
  const { ended, output } = run(process.execPath, ['tools/prove-outage.ts', '2'])
  expect(await ended, output()).toBe(0)
  expect(output()).toMatch(/2 outages: .* each there exactly once/)
})
