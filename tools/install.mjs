// Brings what a fresh clone needs before `npm start` and `npm test`. Plain JavaScript: it runs on any Node ≥ 20, before
// anything is installed.
import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = (text) => process.stderr.write(`${text}\n`)
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', ...options })
const npm = process.env.npm_execpath
const runNpm = (args) => (npm ? run(process.execPath, [npm, ...args]) : run('npm', args))

const isStale = () => {
  const installed = join(root, 'node_modules/.package-lock.json')
  return (
    !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs
  )
}

if (isStale()) {
  say('Installing what is missing (once, about a minute) …')
  runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

const major = Number(process.versions.node.split('.')[0])
const bundled = existsSync(join(root, 'node_modules/.bin/node'))
if (major < 24 && !bundled) {
  say(`Hilo runs on Node.js 24 or newer; this is ${process.version}, and npm has no Node for this platform.`)
  say('Install Node.js 24 from nodejs.org and try again.')
  process.exit(1)
}

/** Where Chromium usually is; `HILO_CHROMIUM` names another. */
const CHROMIUM = [
  process.env.HILO_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const hasBrowser = () => CHROMIUM.some((path) => path && existsSync(path))

const installBrowser = () => {
  const isRoot = process.getuid?.() === 0
  if (existsSync('/usr/bin/apt-get') && isRoot) {
    say('Installing Chromium for the browser tests …')
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    run('apt-get', ['update', '-qq'], quiet)
    run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
      quiet,
    )
    return
  }
  run('npx', ['playwright', 'install', 'chromium'])
}

/** The broker that the tests of the attached bridge run. */
const hasMosquitto = () => existsSync('/usr/sbin/mosquitto')

const installMosquitto = () => {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) throw new Error('not found')
  say('Installing Mosquitto for the tests of the attached bridge …')
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Nothing is started: the tests run it themselves.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  }
  run('apt-get', ['update', '-qq'], quiet)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'mosquitto'], quiet)
}

if (process.argv.includes('--with-browser') && !hasMosquitto()) {
  try {
    installMosquitto()
  } catch (error) {
    say(`\nNO MOSQUITTO: ${error instanceof Error ? error.message : String(error)}`)
    say('The tests of the bridge at an existing broker need /usr/sbin/mosquitto and will fail without it.')
    say('Install it (Debian: apt-get install mosquitto).\n')
  }
}

if (process.argv.includes('--with-browser') && !hasBrowser()) {
  try {
    installBrowser()
  } catch (error) {
    say(`\nNO BROWSER: ${error instanceof Error ? error.message : String(error)}`)
    say('The browser tests need Chromium and will fail without it.')
    say('Install it (Debian: apt-get install chromium) or name one with HILO_CHROMIUM=/path/to/chromium.\n')
  }
}
