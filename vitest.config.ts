import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Vitest would load two files of the one graphql copy, and graphql refuses objects "from another module or realm".
const alias = [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }]

const project = (name: string, include: string[], extra: object = {}) => ({
  resolve: { alias },
  // Waiting is bounded by the test alone: how fast a machine is says nothing.
  test: {
    name,
    include,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 50_000 } },
    ...extra,
  },
})

const from = (suffix: string) => [`{packages,edge,apps,tools,bench}/**/*.${suffix}.ts`]
const exclude = ['**/node_modules/**', '**/*.{db,api,edge}.test.ts', 'apps/admin/**']

/** What takes longest; begun first, so that nothing is waited for alone at the end. */
const LONGEST = /\/(?:bench\/bench|tools\/new)\.db\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => Number(LONGEST.test(b.moduleId)) - Number(LONGEST.test(a.moduleId)))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', from('test'), { exclude, isolate: false, pool: 'threads' }),
      project('db', from('{db,api}.test'), {
        globalSetup: './packages/db/src/testing/global-setup.ts',
        // Each worker evaluates the modules of the platform once, not once for each file.
        isolate: false,
        maxWorkers: 2,
      }),
      project('edge', from('edge.test'), {
        globalSetup: './packages/db/src/testing/global-setup.ts',
        maxWorkers: 1,
      }),
    ],
  },
})
