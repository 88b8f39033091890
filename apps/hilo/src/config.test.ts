import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig([], {})).toMatchObject({ port: 4000, mqttPort: 1883, host: '127.0.0.1', demo: true })
  })

  it('lets a flag win over the environment', () => {
    expect(readConfig(['--port', '0'], { PORT: '8080', HILO_DEMO: 'false' })).toMatchObject({
      port: 0,
      demo: false,
    })
  })

  it('names every mistake with its flag and its variable', () => {
    const read = () => readConfig(['--port', 'many'], { DATABASE_URL: 'mysql://x/y' })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/--port \(PORT\)[^]*--database-url \(DATABASE_URL\)/)
  })

  it('refuses a flag it does not know and lists the ones it does', () => {
    expect(() => readConfig(['--prot', '1'], {})).toThrow(/--mqtt-port/)
  })
})
