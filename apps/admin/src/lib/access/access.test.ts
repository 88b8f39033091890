import { PERMISSIONS } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { isImplied, permissionGroups, permissionName, permissionsText } from './permissions.ts'
import { grantDraftsOf, grantInputs, grantProblems, grantText } from './reach.ts'
import { programName } from './user-agent.ts'

const places = {
  channels: [
    { id: 'chan_1', name: 'Web EU' },
    { id: 'chan_2', name: 'App EU' },
  ],
  locations: [{ id: 'loc_1', name: 'Madrid' }],
}
const role = { id: 'role_1', name: 'Support' }

describe('permissions', () => {
  it('all have words, and all can be chosen', () => {
    for (const permission of PERMISSIONS) expect(permissionName(permission)).not.toBe(permission)
    const choices = permissionGroups([...PERMISSIONS, 'magic:write']).flatMap(({ options }) => options)
    expect(choices.map(({ value }) => value).sort()).toEqual([...PERMISSIONS, 'magic:write'].sort())
  })

  it('are put together into a sentence, without what comes along', () => {
    expect(isImplied('orders:read', ['orders:write'])).toBe(true)
    expect(permissionsText(['orders:read', 'orders:write', 'devices:write', 'stock:read', 'edge'])).toBe(
      'Change orders and devices · See stock · Act as the bridge of devices',
    )
    expect(permissionsText(['magic:write'])).toBe('magic:write')
  })
})

describe('a role that somebody holds', () => {
  it.each([
    [null, null, 'Support'],
    [['chan_1'], null, 'Support in Web EU'],
    [['chan_1', 'chan_2'], ['loc_1'], 'Support in Web EU and App EU, at Madrid'],
    [null, ['loc_1'], 'Support at Madrid'],
    [['chan_gone'], null, 'Support in chan_gone'],
  ])('in %j and %j reads as %j', (channelIds, locationIds, text) => {
    const grant = { role, channelIds, locationIds }
    expect(grantText(grant, places)).toBe(text)
    expect(grantInputs(grantDraftsOf([grant]))).toEqual([{ roleId: 'role_1', channelIds, locationIds }])
  })

  it('never holds everywhere because nothing was chosen', () => {
    const [draft] = grantDraftsOf([{ role, channelIds: ['chan_1'], locationIds: null }])
    expect(grantProblems([draft!])).toEqual({})
    draft!.channelIds = []
    expect(Object.keys(grantProblems([draft!]))).toEqual(['grants.0.channelIds'])
    expect(grantInputs([draft!])).toMatchObject([{ channelIds: [] }])
  })
})

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140',
    'Edge, Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1',
    'Safari, iPhone',
  ],
  ['curl/8.1', 'curl'],
])('knows %s', (userAgent, name) => expect(programName(userAgent)).toBe(name))
