import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const script = new URL('end-process.ts', import.meta.url).href

const codeOf = (beside: string): number | null =>
  spawnSync(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { endProcess } from ${JSON.stringify(script)}\n${beside}\nendProcess(3)`,
  ]).status

it('ends with the code when nothing is open', () => {
  expect(codeOf('')).toBe(3)
})

it('ends with the code though something stays open', () => {
  expect(codeOf('setInterval(() => {}, 1e6)')).toBe(3)
})
