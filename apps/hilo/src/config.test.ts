import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, readCommand, readConfig, type Config } from './config.ts'
import { settingEntries, type Setting } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'hilo-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig([], {})).toMatchObject({
      roles: ['api', 'worker', 'edge', 'admin'],
      port: 4000,
      mqttPort: 1883,
      host: '127.0.0.1',
      demo: true,
      isProduction: false,
      trustedProxies: [],
    })
  })

  it('lets a flag win over the environment', () => {
    expect(readConfig(['--port', '0'], { PORT: '8080', HILO_DEMO: 'false' })).toMatchObject({
      port: 0,
      demo: false,
    })
  })

  it('takes any set of roles, in any order', () => {
    expect(readConfig(['--role', 'worker, api'], { HILO_ROLES: 'edge' }).roles).toEqual(['api', 'worker'])
    expect(() => readConfig(['--role', 'api,cook'], {})).toThrow(/--role \(HILO_ROLES\) is "api,cook"/)
  })

  it('names every mistake with its flag and its variable', () => {
    const read = () =>
      readConfig(['--port', 'many'], { DATABASE_URL: 'mysql://x/y', HILO_TRUSTED_PROXIES: 'x' })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/--port \(PORT\)[^]*--database-url \(DATABASE_URL\)[^]*--trusted-proxies/)
  })

  it('refuses a flag it does not know and lists the ones it does', () => {
    expect(() => readConfig(['--prot', '1'], {})).toThrow(/--mqtt-port/)
  })

  it('reads what only one command takes, beside the settings', () => {
    const { config, own } = readCommand(['--email', 'ana@shop.test', '--port', '1'], ['email', 'name'], {})
    expect([config.port, own]).toEqual([1, { email: 'ana@shop.test', name: undefined }])
  })
})

describe('a secret', () => {
  const secrets = settingEntries().filter(([, { secret }]) => secret) as [keyof Config, Setting][]

  const samples: Readonly<Record<string, string>> = {
    databaseUrl: 'postgres://shop:from-a-file@db/shop',
    secretKey: Buffer.alloc(32, 'k').toString('base64'),
    priceTokenKeys: [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')).join(),
  }

  it.each(secrets)('%s is read from the file that its variable with _FILE names', (key, { env }) => {
    const sample = samples[key] ?? `hk_${'a'.repeat(43)}`
    const path = join(folder, key)
    writeFileSync(path, `${sample}\n`)
    expect(readConfig([], { [`${env}_FILE`]: path })[key]).toEqual(readConfig([], { [env]: sample })[key])
    expect(readConfig([], { [env]: sample })[key]).toBeDefined()
  })

  it('is not taken from two places, nor from a file that is not there', () => {
    const both = { HILO_EDGE_KEY: 'a', HILO_EDGE_KEY_FILE: join(folder, 'edgeKey') }
    expect(() => readConfig([], both)).toThrow('HILO_EDGE_KEY and HILO_EDGE_KEY_FILE are both set')
    expect(() => readConfig([], { DATABASE_URL_FILE: join(folder, 'none') })).toThrow(
      /DATABASE_URL_FILE.*ENOENT/,
    )
  })

  it('is never shown in a sentence', () => {
    expect(() => readConfig([], { DATABASE_URL: 'mysql://u:top-secret@h/d' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('top-secret') }),
    )
    expect(() => readConfig([], { DATABASE_URL: 'top-secret' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('top-secret') }),
    )
  })
})
