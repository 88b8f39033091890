// Runs the very commands of the Dockerfile in copies of the repository, stage by stage, and then starts what came out.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentOf, instructionsNamed, parseDockerfile, type Stage } from './dockerfile.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const root = mkdtempSync(join(tmpdir(), 'hilo-image-'))
const stages = parseDockerfile(readFileSync('Dockerfile', 'utf8'))
const STARTED_WITHIN_MS = 15_000
const folders = new Map<string, string>()

const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean)
const left = new Set(
  globSync(
    ignored.flatMap((pattern) => [pattern, `${pattern}/**`]),
    { exclude: ['node_modules/**'] },
  ),
)
const isSent = (path: string): boolean =>
  !left.has(path) && !path.split('/').includes('node_modules') && !path.startsWith('.git/')

/** Paths of the image below its root are below the folder of the stage here. */
const inside = (folder: string, path: string): string =>
  path.startsWith('/') ? join(folder, path) : join(folder, 'app', path)

const run = (command: string, folder: string): void => {
  say(`  RUN ${command}`)
  const { status } = spawnSync('sh', ['-c', command], {
    cwd: join(folder, 'app'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`It failed with ${status}: ${command}`)
}

const copy = (text: string, folder: string): void => {
  say(`  COPY ${text}`)
  const words = text.split(/\s+/)
  const from = words[0]!.startsWith('--from=') ? folders.get(words.shift()!.slice(7)) : undefined
  const target = words.pop()!
  for (const source of words) {
    const into = inside(folder, target.endsWith('/') && words.length > 1 ? join(target, source) : target)
    if (from) cpSync(inside(from, source), into, { recursive: true, verbatimSymlinks: true })
    else cpSync(source, into, { recursive: true, filter: isSent })
  }
}

const build = (stage: Stage): string => {
  say(`FROM ${stage.from}${stage.name ? ` AS ${stage.name}` : ''}`)
  const folder = join(root, stage.name ?? 'final')
  const base = folders.get(stage.from)
  if (base) cpSync(base, folder, { recursive: true, verbatimSymlinks: true })
  mkdirSync(join(folder, 'app'), { recursive: true })
  for (const { name, text } of stage.instructions) {
    if (name === 'COPY') copy(text, folder)
    // What changes the machine itself (users, folders at the root) is the engine's.
    if (name === 'RUN' && !text.includes('chown')) run(text, folder)
  }
  if (stage.name) folders.set(stage.name, folder)
  return folder
}

try {
  const image = stages.map(build).at(-1)!
  const final = stages.at(-1)!
  const [entry] = instructionsNamed(final, 'ENTRYPOINT')
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [...entry!.words!.slice(1), ...args], {
      cwd: join(image, 'app'),
      encoding: 'utf8',
      timeout: STARTED_WITHIN_MS,
      env: environmentOf(final),
    })
  const help = start('help')
  if (help.status !== 0 || !help.stdout.includes('hilo start')) throw new Error(`hilo help: ${help.stderr}`)
  const refused = start('start')
  if (!refused.stderr.includes('DATABASE_URL')) throw new Error(`hilo start: ${refused.stderr}`)
  // It would run for ever: whoever stops it after a while sees that it ran.
  const admin = start('start', '--role', 'admin', '--api-url', 'http://127.0.0.1:9', '--port', '0')
  if (!admin.stdout.includes('Hilo is running as admin')) throw new Error(`hilo admin: ${admin.stderr}`)
  const { stdout } = spawnSync('du', ['-sm', join(image, 'app')], { encoding: 'utf8' })
  say(
    `The image's own files come to ${stdout.split('\t')[0]} MB; its entry point runs and refuses what it should.`,
  )
} finally {
  rmSync(root, { recursive: true, force: true })
}
