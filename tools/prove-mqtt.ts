// Sends the built-in broker 20,000 connections of garbage, or as many as said, and 10,000 idle sockets, and proves that
// it lives, stays small and serves others meanwhile.
import { brokerRig } from '../edge/broker/src/testing/rig.ts'
import { proveAbuse } from '../edge/broker/src/testing/prove-abuse.ts'

const runs = Number(process.argv[2] ?? 20_000)
const sockets = 10_000
const rig = brokerRig()
const { refused, grownBytes } = await proveAbuse({ rig, runs, sockets })
process.stdout.write(
  `${runs} connections of garbage and ${sockets} idle sockets, ${refused} of them refused: others were served all the ` +
    `time, and the process, with the other ends of them all in it, grew by ${Math.round(grownBytes / 1e6)} MB.\n`,
)
await rig.close()
