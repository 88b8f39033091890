import { execFileSync } from 'node:child_process'

// The tests import compiled messages and extend a generated tsconfig: neither is there in a fresh clone.
export default () => {
  const run = (...args) =>
    execFileSync(process.execPath, args, { cwd: import.meta.dirname, stdio: 'inherit' })
  run('messages/compile.ts')
  run('../../node_modules/@sveltejs/kit/svelte-kit.js', 'sync')
}
