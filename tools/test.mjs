// Every test: the checks, the databases, the brokers, the browser. Stops at the first stage that fails.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/** @type {[string, string, string[]][]} */
const stages = [
  ['checks', 'npm', ['run', 'check', '--silent']],
  ['databases and API', 'npx', ['vitest', 'run', '--project', 'db']],
  ['broker and bridge', 'npx', ['vitest', 'run', '--project', 'edge']],
  ['the main story in a browser', 'npx', ['playwright', 'test']],
]

// Hundreds of processes begin; each finds compiled what those before it have loaded.
const env = { NODE_COMPILE_CACHE: resolve('node_modules/.cache/node'), ...process.env }

const startedAt = Date.now()
for (const [name, command, args] of stages) {
  process.stdout.write(`\n── ${name} (${command} ${args.join(' ')})\n`)
  const { status, signal } = spawnSync(command, args, { stdio: 'inherit', env })
  if (status !== 0) {
    process.stderr.write(`\nFAILED: ${name} (${signal ?? `exit code ${status}`})\n`)
    process.exit(status ?? 1)
  }
}
process.stdout.write(
  `\nAll ${stages.length} stages passed in ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
)
