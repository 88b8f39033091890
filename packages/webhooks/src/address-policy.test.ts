import { describe, expect, it } from 'vitest'
import { readAddressPolicy } from './address-policy.ts'

const none = readAddressPolicy('false')

describe('by default the shop calls', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    '%s',
    (address) => {
      expect(none.allows(address)).toBe(true)
      expect(none.allowsPrivate(address)).toBe(false)
    },
  )

  it.each([
    ['this host', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['carrier NAT', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['cloud metadata', '169.254.169.254'],
    ['protocol assignments', '192.0.0.8'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['multicast', 'ff02::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['mapped metadata', '::ffff:a9fe:a9fe'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['discard', '100::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('nothing that is %s: %s', (_what, address) => {
    expect(none.allows(address)).toBe(false)
  })
})

describe('a shop that is allowed private networks', () => {
  it('calls those named, and no other', () => {
    const policy = readAddressPolicy('10.1.0.0/16, fd00:1::/32')
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::5'].map(policy.allows)).toEqual([true, true, true])
    expect(['10.2.0.1', '127.0.0.1', 'fd00:2::1', '169.254.169.254'].map(policy.allows)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(policy.allowsPrivate('8.8.8.8')).toBe(false)
  })

  it('calls all of them when told so', () => {
    expect(
      ['127.0.0.1', '::1', 'fd00::1', '10.0.0.1', '8.8.8.8'].every(readAddressPolicy('true').allows),
    ).toBe(true)
  })

  it('cannot be told a network that is none', () => {
    expect(() => readAddressPolicy('10.0.0.0/33')).toThrow()
    expect(() => readAddressPolicy('intranet')).toThrow()
  })
})
