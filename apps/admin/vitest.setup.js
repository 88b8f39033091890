import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = import.meta.dirname
const needed = ['src/lib/paraglide/messages.js', 'node_modules/$app/tsconfig.json']

// The tests import compiled messages and extend a generated tsconfig: neither is there in a fresh clone. When they are
// there they stay, since other checks may be reading them at this moment.
export default () => {
  if (needed.every((file) => existsSync(join(root, file)))) return
  execFileSync(process.execPath, ['messages/compile.ts'], { cwd: root, stdio: 'inherit' })
  execFileSync(process.execPath, ['../../node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
    cwd: root,
    stdio: 'inherit',
  })
}
