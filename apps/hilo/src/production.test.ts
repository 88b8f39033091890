import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { refuseUnsafeDatabase, refuseUnsafeServer } from './production.ts'

const GOOD = {
  HILO_ENV: 'production',
  HOST: '0.0.0.0',
  DATABASE_URL: 'postgres://shop:p7Vn-3kQz@db/shop',
  HILO_SECRET_KEY: Buffer.alloc(32, 'k').toString('base64'),
}
const start = (env: Record<string, string>) => () => refuseUnsafeServer(readConfig([], { ...GOOD, ...env }))

describe('production', () => {
  it('starts with an address and a database whose password is not known to everybody', () => {
    expect(start({})).not.toThrow()
    expect(readConfig([], GOOD)).toMatchObject({ demo: false, isProduction: true })
    expect(readConfig([], { NODE_ENV: 'production' })).toMatchObject({ isProduction: true, host: '' })
  })

  it('names every secret and address that is missing, at once', () => {
    expect(start({ DATABASE_URL: '', HOST: '', HILO_SECRET_KEY: '' })).toThrow(
      /HOST[^]*DATABASE_URL[^]*HILO_SECRET_KEY/,
    )
  })

  it('lets the keys of price tokens stand for the one that they are derived from', () => {
    expect(start({ HILO_SECRET_KEY: '', HILO_PRICE_TOKEN_KEYS: GOOD.HILO_SECRET_KEY })).not.toThrow()
    expect(start({ HILO_ROLES: 'worker', HILO_SECRET_KEY: '' })).not.toThrow()
  })

  it.each([
    [{ DATABASE_URL: 'postgres://postgres:postgres@db/shop' }, 'a password that everybody knows'],
    [{ DATABASE_URL: 'postgres://postgres:Change%2DMe@db/shop' }, 'a password that everybody knows'],
    [{ DATABASE_URL: 'postgres://shop@db/shop' }, 'no password'],
    [{ HILO_DEMO: 'true' }, 'HILO_DEMO'],
    [{ HILO_ROLES: 'edge', HILO_EDGE_KEY: 'change-me' }, 'hilo key create'],
  ])('refuses %o', (env, sentence) => {
    expect(start(env)).toThrow(sentence)
  })

  it('lets a client certificate stand for a password', () => {
    expect(start({ DATABASE_URL: 'postgres://shop@db/shop?sslcert=/run/secrets/cert' })).not.toThrow()
  })

  it('asks an edge or an admin for no database', () => {
    expect(
      start({ HILO_ROLES: 'edge', DATABASE_URL: '', HILO_EDGE_KEY: `hk_${'a'.repeat(43)}` }),
    ).not.toThrow()
    expect(start({ HILO_ROLES: 'admin', DATABASE_URL: '' })).not.toThrow()
  })

  it('holds commands to the same database, and development to none of it', () => {
    const { DATABASE_URL: _url, ...without } = GOOD
    expect(() => refuseUnsafeDatabase(readConfig([], without))).toThrow('DATABASE_URL')
    expect(() => refuseUnsafeDatabase(readConfig([], {}))).not.toThrow()
    expect(() => refuseUnsafeServer(readConfig([], {}))).not.toThrow()
  })
})
