import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cruiseTree } from './cruise.ts'

const trees: string[] = []
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

/** A tree of workspace packages, linked as npm links them, with one source file each. */
const plant = (sources: Readonly<Record<string, string>>): string => {
  const tree = mkdtempSync(join(tmpdir(), 'hilo-canary-'))
  trees.push(tree)
  mkdirSync(join(tree, 'node_modules/@hilo'), { recursive: true })
  writeFileSync(join(tree, 'package.json'), '{"name":"canary","type":"module"}')
  for (const [folder, source] of Object.entries(sources)) {
    const name = folder.split('/')[1]!
    mkdirSync(join(tree, folder, 'src'), { recursive: true })
    writeFileSync(
      join(tree, folder, 'package.json'),
      JSON.stringify({ name: `@hilo/${name}`, type: 'module', exports: { '.': './src/index.ts' } }),
    )
    writeFileSync(join(tree, folder, 'src/index.ts'), source)
    symlinkSync(join(tree, folder), join(tree, 'node_modules/@hilo', name))
  }
  return tree
}

describe('the import rules', () => {
  it('let a slice import the kernel', async () => {
    const { violations, modules } = await cruiseTree(
      plant({
        'packages/kernel': 'export const one = 1\n',
        'packages/catalog': "import { one } from '@hilo/kernel'\nexport const two = one + one\n",
      }),
    )
    expect(modules).toBe(2)
    expect(violations).toEqual([])
  })

  it('find the canary: the kernel importing a slice, even for a type only', async () => {
    const { violations } = await cruiseTree(
      plant({
        'packages/orders': 'export interface Order {}\n',
        'packages/kernel': "import type { Order } from '@hilo/orders'\nexport type Mine = Order\n",
      }),
    )
    expect(violations).toEqual([
      'packages/kernel imports only to the left: packages/kernel/src/index.ts → packages/orders/src/index.ts',
    ])
  })

  it('keep the edge away from the slices', async () => {
    const { violations } = await cruiseTree(
      plant({
        'packages/devices': 'export const device = 1\n',
        'edge/bridge': "import { device } from '@hilo/devices'\nexport const bridged = device\n",
      }),
    )
    expect(violations).toHaveLength(1)
  })
})
