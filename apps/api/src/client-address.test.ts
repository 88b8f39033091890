import { describe, expect, it } from 'vitest'
import { clientAddress, trustedNetworks } from './client-address.ts'

const isTrusted = trustedNetworks(['10.0.0.0/8', '127.0.0.1', 'fd00::/8'])
const nobody = trustedNetworks([])

describe('the address of a client', () => {
  it('is the other end of the connection when that is no proxy of ours, whatever the header claims', () => {
    expect(clientAddress('203.0.113.7', '198.51.100.1', isTrusted)).toBe('203.0.113.7')
    expect(clientAddress('10.0.0.1', '198.51.100.1', nobody)).toBe('10.0.0.1')
    expect(clientAddress(undefined, '198.51.100.1', isTrusted)).toBeUndefined()
  })

  it('is what a proxy of ours says', () => {
    expect(clientAddress('10.0.0.1', '198.51.100.1', isTrusted)).toBe('198.51.100.1')
    expect(clientAddress('fd00::1', '2001:db8::1', isTrusted)).toBe('2001:db8::1')
    expect(clientAddress('::ffff:127.0.0.1', '198.51.100.1', isTrusted)).toBe('198.51.100.1')
  })

  it('is the last hop that is not ours: what stands before it a client may have written itself', () => {
    expect(clientAddress('10.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.2', isTrusted)).toBe('198.51.100.1')
    expect(clientAddress('10.0.0.1', '10.0.0.3, 10.0.0.2', isTrusted)).toBe('10.0.0.3')
  })

  it('is not lost by writing many hops in front of it: who it is would be hidden, and counted apart', () => {
    const forged = `${'1.2.3.4, '.repeat(30)}198.51.100.1`
    expect(clientAddress('10.0.0.1', forged, isTrusted)).toBe('198.51.100.1')
    expect(clientAddress('10.0.0.1', `${forged}, 10.0.0.2`, isTrusted)).toBe('198.51.100.1')
  })

  it('stays with the proxy when the header is missing, is no address, or never ends', () => {
    expect(clientAddress('10.0.0.1', null, isTrusted)).toBe('10.0.0.1')
    expect(clientAddress('10.0.0.1', 'unknown', isTrusted)).toBe('10.0.0.1')
    expect(clientAddress('10.0.0.1', '198.51.100.1, <script>', isTrusted)).toBe('10.0.0.1')
    expect(clientAddress('10.0.0.1', '10.0.0.2,'.repeat(10_000), isTrusted)).toBe('10.0.0.1')
  })

  it('knows networks, and refuses what is none', () => {
    for (const network of [
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      'proxy',
      '',
      '::1/129',
      '10.0.0.0/1.5',
    ])
      expect(() => trustedNetworks([network]), network).toThrow(TypeError)
    expect(trustedNetworks(['0.0.0.0/0'])('203.0.113.7')).toBe(true)
  })
})
