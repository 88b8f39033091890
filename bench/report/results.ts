import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import type { Pace } from '../run/ladder.ts'
import type { BenchShop } from '../shop/build-shop.ts'
import { goalLine, goalsOf, type Outcome, tableOf } from './console.ts'

const FILE = new URL('../RESULTS.md', import.meta.url)

const markdown = (rows: readonly string[][]): string => {
  const [head, ...body] = rows.map((row) => `| ${row.join(' | ')} |`)
  return [
    head,
    `|${rows[0]!.map((_, column) => (column === 0 ? ' --- ' : ' ---: ')).join('|')}|`,
    ...body,
  ].join('\n')
}

const section = (outcome: Outcome): string =>
  [
    `## ${outcome.scenario.name}`,
    outcome.scenario.title,
    markdown(tableOf(outcome)),
    goalsOf(outcome)
      .map((goal) => `- ${goalLine(goal)}`)
      .join('\n'),
  ].join('\n\n')

/** Rewrites `RESULTS.md` with what a whole run found. */
export const writeResults = async (
  outcomes: readonly Outcome[],
  { shop, pace }: { readonly shop: BenchShop; readonly pace: Pace },
): Promise<void> => {
  const goals = outcomes.flatMap(goalsOf)
  const head = [
    '# Results',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB, embedded Postgres 18 without fsync. A shop of ${shop.products} products and ` +
      `${shop.variants} variants, built in ${shop.builtIn.toFixed(0)} s. ${pace.rounds} rounds of ${pace.seconds} s, rungs in turn; medians. ` +
      'Ratios hold on other machines; the figures themselves do not.',
    `${goals.filter(({ met }) => met).length} of ${goals.length} goals met.`,
  ]
  await writeFile(FILE, `${[...head, ...outcomes.map(section)].join('\n\n')}\n`)
}
