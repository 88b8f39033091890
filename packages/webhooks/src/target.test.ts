import { describe, expect, it } from 'vitest'
import { readAddressPolicy } from './address-policy.ts'
import { findTarget } from './target.ts'

const resolve = async (host: string): Promise<readonly string[]> => {
  const known: Readonly<Record<string, readonly string[]>> = {
    'public.test': ['93.184.216.34'],
    'inside.test': ['10.0.0.5'],
    'both.test': ['93.184.216.34', '127.0.0.1'],
  }
  if (!known[host]) throw new Error('ENOTFOUND')
  return known[host]
}

const outcome = async (url: string, allow = 'false') => {
  const target = await findTarget(url, { policy: readAddressPolicy(allow), resolve })
  return target.ok ? target.value.addresses : target.error.code
}

describe('the address of an endpoint', () => {
  it('leads to every address of its host', async () => {
    expect(await outcome('https://public.test/hook')).toEqual(['93.184.216.34'])
    expect(await outcome('https://public.test:8443/hook')).toEqual(['93.184.216.34'])
  })

  it.each([
    'nonsense',
    '',
    'ftp://public.test',
    'file:///etc/passwd',
    'https://user:word@public.test',
    'https://user@public.test',
    'https://public.test/#part',
    'https://public.test:22',
    'https://public.test:25',
    'http://public.test',
    `https://public.test/${'x'.repeat(2_000)}`,
  ])('cannot be %s', async (url) => {
    expect(await outcome(url)).toBe('WEBHOOK_URL_INVALID')
  })

  it.each([
    'https://inside.test',
    'https://both.test',
    'https://127.0.0.1',
    'https://[::1]:8443',
    'https://[::ffff:169.254.169.254]',
    'https://0x7f.1',
    'https://2130706433',
    'https://169.254.169.254/latest/meta-data',
  ])('is refused when it leads inside, if only by one of its addresses: %s', async (url) => {
    expect(await outcome(url)).toBe('WEBHOOK_URL_PRIVATE')
  })

  it('is refused when nobody knows the host', async () => {
    expect(await outcome('https://nowhere.test')).toBe('WEBHOOK_HOST_UNKNOWN')
  })

  it('may lead inside, and go without TLS, where that was allowed by name', async () => {
    expect(await outcome('https://inside.test', '10.0.0.0/8')).toEqual(['10.0.0.5'])
    expect(await outcome('http://inside.test', '10.0.0.0/8')).toEqual(['10.0.0.5'])
    expect(await outcome('http://both.test', '127.0.0.0/8')).toBe('WEBHOOK_URL_INVALID')
  })
})
