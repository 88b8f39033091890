import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { connectAsync } from 'mqtt'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { brokerRig } from './testing/rig.ts'

let rig: ReturnType<typeof brokerRig>
let folder: string
beforeEach(() => {
  rig = brokerRig()
  folder = mkdtempSync(join(tmpdir(), 'hilo-tls-'))
})
afterEach(async () => {
  await rig.close()
  rmSync(folder, { recursive: true })
})

const HOST = '127.0.0.1'
const cert = () => join(folder, 'cert.pem')
const key = () => join(folder, 'key.pem')
const makeCertificate = (name: string) => {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key(), '-out', cert()], { stdio: 'ignore' })
}
const handshake = (port: number, options: object = {}) =>
  new Promise<string>((resolve, reject) => {
    const socket = connectTls({ host: HOST, port, rejectUnauthorized: false, ...options }, () => {
      resolve(`${socket.getProtocol()} ${socket.getPeerCertificate().subject.CN}`)
      socket.destroy()
    }).on('error', reject)
  })

it('a device signs in over TLS, nothing older than 1.2 is spoken, and a new certificate is taken while it runs', async () => {
  makeCertificate('first')
  const tls = { host: HOST, port: 0, cert: cert(), key: key() }
  const { broker } = await rig.start({ tls })
  const port = broker.tlsPort!
  const { id, password } = rig.device()
  const ca = readFileSync(cert())
  const client = await connectAsync(`mqtts://${HOST}:${port}`, { ca, clientId: id, username: id, password })
  expect(broker.connections()).toBe(1)
  expect(await handshake(port, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2 first')
  await expect(handshake(port, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow()

  makeCertificate('second')
  broker.reloadCertificate()
  expect(await handshake(port)).toBe('TLSv1.3 second')
  expect(client.connected).toBe(true)
  writeFileSync(cert(), 'nonsense')
  expect(() => broker.reloadCertificate()).toThrow()
  expect(await handshake(port)).toBe('TLSv1.3 second')
  await client.endAsync()
})
