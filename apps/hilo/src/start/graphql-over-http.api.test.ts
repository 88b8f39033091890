import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { openDoor } from './testing/door.ts'

const { url } = await openDoor()
const audits = serverAudits({ url, fetchFn: (address: string, init?: RequestInit) => fetch(address, init) })

describe('GraphQL over HTTP, by the listening server', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn()
    expect(result.status === 'ok' ? undefined : result.reason).toBeUndefined()
  })
})
