import type { Figures, Goal, Scenario } from '../scenario.ts'
import type { Rounds } from '../run/ladder.ts'

/** A scenario and what its rounds found. */
export interface Outcome {
  readonly scenario: Scenario
  readonly rounds: Rounds
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median of each figure over the rounds. */
const mediansOf = (rounds: readonly Figures[]): Figures =>
  Object.fromEntries(
    Object.keys(rounds[0] ?? {}).map((name) => [name, median(rounds.map((figures) => figures[name]!))]),
  )

const HEADINGS: Readonly<Record<string, string>> = {
  perSecond: 'requests/s',
  p50: 'p50 ms',
  p99: 'p99 ms',
  cpuMicros: 'CPU µs',
  statements: 'SQL',
  bytes: 'bytes',
  rssMB: 'RSS MB',
}

const shown = (value: number | undefined): string => {
  if (value === undefined) return ''
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en')
  return value.toFixed(value < 10 ? 2 : 1)
}

/** A scenario's figures as rows of text: a heading, then one row a rung. */
export const tableOf = ({ scenario, rounds }: Outcome): string[][] => {
  const medians = [...rounds].map(([name, figures]) => [name, mediansOf(figures)] as const)
  const main = scenario.figure ?? 'perSecond'
  const names = [...new Set(medians.flatMap(([, figures]) => Object.keys(figures)))]
  const spread = (rung: string): string => {
    const values = rounds.get(rung)!.map((figures) => figures[main] ?? 0)
    return `${shown(Math.min(...values))}–${shown(Math.max(...values))}`
  }
  return [
    ['rung', ...names.flatMap((name) => [HEADINGS[name] ?? name, ...(name === main ? ['spread'] : [])])],
    ...medians.map(([rung, figures]) => [
      scenario.rungs[rung]!.label,
      ...names.flatMap((name) => [shown(figures[name]), ...(name === main ? [spread(rung)] : [])]),
    ]),
  ]
}

/** The goals of a scenario with the medians that were found. */
export const goalsOf = ({ scenario, rounds }: Outcome): readonly Goal[] =>
  scenario.goals(Object.fromEntries([...rounds].map(([name, figures]) => [name, mediansOf(figures)])))

const aligned = (rows: readonly string[][]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n')
}

/** One line a goal. */
export const goalLine = ({ text, value, met, cause }: Goal): string =>
  `${met ? 'met   ' : 'MISSED'} ${text}: ${value}${!met && cause ? ` (${cause})` : ''}`

/** A scenario for the console. */
export const printScenario = (outcome: Outcome): string =>
  [
    `${outcome.scenario.name}: ${outcome.scenario.title}`,
    aligned(tableOf(outcome)),
    ...goalsOf(outcome).map(goalLine),
    '',
  ].join('\n')
