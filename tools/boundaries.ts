// Checks who imports whom. Exit code 1 with one line for each violation.
import { cruiseTree } from './cruise.ts'

const { violations, modules } = await cruiseTree(process.cwd())
for (const violation of violations) process.stderr.write(`${violation}\n`)
process.stdout.write(`${modules} modules, ${violations.length} violations of the import rules\n`)
process.exit(violations.length > 0 || modules < 50 ? 1 : 0)
