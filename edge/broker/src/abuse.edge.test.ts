import { expect, it } from 'vitest'
import { proveAbuse } from './testing/prove-abuse.ts'
import { brokerRig } from './testing/rig.ts'

it('garbage and idle sockets leave the broker alive, its memory bounded, and others served', async () => {
  const rig = brokerRig()
  const { refused, grownBytes } = await proveAbuse({ rig, runs: 150, sockets: 600 })
  expect(refused).toBeGreaterThanOrEqual(300)
  expect(grownBytes).toBeLessThan(300e6)
  await rig.close()
})
