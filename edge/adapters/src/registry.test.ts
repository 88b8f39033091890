import { readdir, readFile } from 'node:fs/promises'
import { parseTopic } from '@hilo/protocol'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from './adapter.ts'
import { ADAPTERS } from './registry.ts'

interface Golden {
  readonly when: string
  readonly from: Message
  readonly to: readonly Message[]
}

const here = new URL('./', import.meta.url)
const context = { shop: 'demo' }
const folders = (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory())

const goldenOf = async (name: string): Promise<Record<'toHilo' | 'fromHilo', readonly Golden[]>> =>
  JSON.parse(await readFile(new URL(`${name}/golden.json`, here), 'utf8')) as never

it('has exactly the adapters that have a folder', () => {
  expect(Object.keys(ADAPTERS).sort()).toEqual(folders.map(({ name }) => name).sort())
})

describe.each(Object.entries(ADAPTERS))('the adapter %s', (name, adapter) => {
  it.each(['toHilo', 'fromHilo'] as const)('translates each golden message: %s', async (direction) => {
    const golden = (await goldenOf(name))[direction]
    expect(golden.length).toBeGreaterThan(0)
    for (const { when, from, to } of golden) expect(adapter[direction](from, context), when).toEqual(to)
  })

  it('gives only topics of its shop, and never throws, whatever comes', async () => {
    const topics = (await goldenOf(name)).toHilo.map(({ from }) => from.topic)
    const topic = fc.oneof(fc.constantFrom(...topics), fc.string())
    const payload = fc.oneof(fc.json(), fc.string())
    fc.assert(
      fc.property(fc.record({ topic, payload }), (message) => {
        for (const { topic } of adapter.toHilo(message, context)) expect(parseTopic(topic)?.shop).toBe('demo')
        adapter.fromHilo(message, context)
      }),
    )
  })
})
