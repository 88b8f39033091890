// Writes the files that are generated from the code, or with --check says which of them are out of date.
import { readFile, writeFile } from 'node:fs/promises'
import { schema } from '@hilo/api'
import { edgeManifest } from '@hilo/bridge/operations'
import { asyncApiDocument } from '@hilo/protocol'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { errorsDocument } from './errors-document.ts'
import { settingsDocument } from './settings-document.ts'
import { webhooksDocument } from './webhooks-document.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Each generated file and what should stand in it. The tables have a tool of their own: they need a database. */
const GOLDEN: Readonly<Record<string, () => string>> = {
  'schema.graphql': () => `${printSchema(lexicographicSortSchema(schema))}\n`,
  'docs/errors.md': errorsDocument,
  'docs/settings.md': settingsDocument,
  'docs/webhooks.md': webhooksDocument,
  'edge/bridge/operations.json': () => json(edgeManifest()),
  'edge/protocol/asyncapi.json': () => json(asyncApiDocument()),
}

const check = process.argv.includes('--check')
const stale: string[] = []

for (const [path, make] of Object.entries(GOLDEN)) {
  const wanted = make()
  const present = await readFile(path, 'utf8').catch(() => '')
  if (present === wanted) continue
  stale.push(path)
  if (!check) await writeFile(path, wanted)
}

if (check && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run: npm run golden`)
  process.exit(1)
}
console.log(check ? 'Generated files are up to date' : `Rewritten: ${stale.join(', ') || 'nothing'}`)
