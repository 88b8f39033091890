import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { allScenarios } from './run/scenarios.ts'

it('runs every scenario on a tiny shop, so that the bench does not rot', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['bench/bench.ts', '--quick', '--products', '60'],
    // Most of the work is to compile the API, in one process after the other.
    { env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/bench' } },
  )
  for (const { name } of await allScenarios()) expect(stdout).toContain(`${name}: `)
}, 300_000)

it('finds a scenario in each file of the folder, and no name twice', async () => {
  const names = (await allScenarios()).map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual((await readdir('bench/scenarios')).length)
  expect(new Set(names).size).toBe(names.length)
})
