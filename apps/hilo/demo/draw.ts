import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Look } from './drawing/look.ts'
import { picture } from './drawing/picture.ts'

// Rewrites `images/` from `drawings.json`: `npm run draw -w @hilo/hilo`. The same looks give the same bytes.
const here = import.meta.dirname
const images = join(here, 'images')
const drawings = JSON.parse(await readFile(join(here, 'drawings.json'), 'utf8')) as Record<string, Look>

await rm(images, { recursive: true, force: true })
await mkdir(images)
for (const [file, look] of Object.entries(drawings)) await writeFile(join(images, file), picture(look))
process.stdout.write(`${Object.keys(drawings).length} pictures drawn\n`)
