import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '@inlang/paraglide-js'

const root = join(import.meta.dirname, '..')
const outdir = join(root, 'src/lib/paraglide')

await compile({
  project: join(root, 'project.inlang'),
  outdir,
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  cookieName: 'hilo_locale',
  isServer: 'import.meta.env.SSR',
  emitReadme: false,
  emitPrettierIgnore: false,
})

const keysOf = (locale: string): string[] =>
  Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, `${locale}.json`), 'utf8')) as object)

// A plugin that cannot be loaded compiles no messages at all and only warns, and a sentence that one language lacks
// would silently show in the other.
const keys = keysOf('en')
const compiled = readFileSync(join(outdir, 'messages/_index.js'), 'utf8')
const uncompiled = keys.filter((key) => !compiled.includes(`/${key}.js'`))
const untranslated = keysOf('es')
  .filter((key) => !keys.includes(key))
  .concat(keys.filter((key) => !keysOf('es').includes(key)))
if (uncompiled.length > 0) throw new Error(`Messages not compiled: ${uncompiled.join(', ')}`)
if (untranslated.length > 0) throw new Error(`Messages not in both languages: ${untranslated.join(', ')}`)
