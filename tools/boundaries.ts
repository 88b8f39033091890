// Checks who imports whom, everywhere or from the files that are named on. Exit code 1 with one line for each violation.
import { cruiseTree } from './cruise.ts'

const named = process.argv.slice(2)
const { violations, modules } = await cruiseTree(process.cwd(), named.length > 0 ? named : undefined)
for (const violation of violations) process.stderr.write(`${violation}\n`)
process.stdout.write(`${modules} modules, ${violations.length} violations of the import rules\n`)
process.exitCode = violations.length > 0 || modules < 50 ? 1 : 0
