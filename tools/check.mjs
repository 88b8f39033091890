// The checks, as many at a time as there are cores; turbo remembers by content which of them still hold.
import { spawnSync } from 'node:child_process'

const tasks = [
  'check',
  'check:format',
  'check:lint',
  'check:types',
  'check:boundaries',
  'check:unused',
  'check:manifests',
  'test:unit',
  'golden:check',
]
const { status } = spawnSync(
  'turbo',
  ['run', ...tasks, '--output-logs=errors-only', '--concurrency=2', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
  },
)
process.exit(status ?? 1)
