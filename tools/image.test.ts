import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { environmentOf, instructionsNamed, parseDockerfile } from './dockerfile.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const here = (path: string): string => new URL(`../${path}`, import.meta.url).pathname
const stages = parseDockerfile(read('Dockerfile'))
const final = stages.at(-1)!
const copied = stages
  .flatMap((stage) => instructionsNamed(stage, 'COPY'))
  .map(({ text }) => text.split(/\s+/))

describe('the image', () => {
  it('is built in stages, each from a pinned image or from one before it', () => {
    const names = stages.map(({ name }) => name)
    expect(stages.length).toBeGreaterThan(2)
    for (const [index, { from }] of stages.entries())
      expect(names.slice(0, index).includes(from) || /:\d+[\w.-]+$/.test(from), from).toBe(true)
  })

  it('copies only what is there, and every workspace', () => {
    const sources = copied
      .filter(([first]) => !first!.startsWith('--'))
      .flatMap((words) => words.slice(0, -1))
    for (const source of sources) expect(existsSync(here(source)), source).toBe(true)
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
    for (const folder of workspaces.map((glob) => glob.split('/')[0]!))
      expect(sources, `a workspace in ${folder} is missing from the image`).toContain(folder)
  })

  it('holds no development dependency and no secret', () => {
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['**/node_modules', '.git', '.env', '.hilo', 'secrets'])
      expect(ignored).toContain(path)
    const production = stages.find(({ name }) => name === 'production')!
    expect(instructionsNamed(production, 'RUN').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^npm ci .*--omit=dev/),
    )
    for (const stage of stages) {
      expect(instructionsNamed(stage, 'ADD')).toEqual([])
      const variables = [
        ...Object.keys(environmentOf(stage)),
        ...instructionsNamed(stage, 'ARG').map(({ text }) => text),
      ]
      expect(variables.filter((name) => /SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL/.test(name))).toEqual([])
    }
    expect(copied.filter(([first]) => first!.startsWith('--from')).map(([first]) => first)).toEqual([
      '--from=production',
      '--from=admin',
    ])
  })

  it('runs as nobody in particular, in production, and says how it is', () => {
    const [user] = instructionsNamed(final, 'USER')
    expect(user?.text).toBe('node')
    const last = final.instructions.findLastIndex(({ name }) => name === 'USER')
    expect(final.instructions.slice(last).map(({ name }) => name)).not.toContain('RUN')
    expect(environmentOf(final)).toMatchObject({ HILO_ENV: 'production' })
    expect(instructionsNamed(final, 'HEALTHCHECK')[0]?.words).toContain('health')
    const [entry] = instructionsNamed(final, 'ENTRYPOINT')
    expect(existsSync(here(entry!.words!.at(-1)!))).toBe(true)
  })

  it('leaves tests out', () => {
    expect(read('.dockerignore')).toContain('**/*.test.ts')
    expect(globSync('apps/hilo/src/**/*.test.ts', { cwd: here('') }).length).toBeGreaterThan(0)
  })
})
