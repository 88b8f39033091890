import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { RULES } from './boundaries-rules.ts'

/**
 * Walks the sources below a folder, or only those at some paths in it and what they import, and reports each import that
 * the rules forbid.
 */
export const cruiseTree = async (
  baseDir: string,
  paths: readonly string[] = ['packages', 'edge', 'apps', 'examples'].filter((folder) =>
    existsSync(join(baseDir, folder)),
  ),
): Promise<{ violations: string[]; modules: number }> => {
  const { output } = await cruise(
    [...paths],
    {
      baseDir,
      validate: true,
      ruleSet: { forbidden: RULES },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: 'apps/admin/(build|\\.svelte-kit|src/lib/paraglide)|\\.generated\\.ts$' },
    },
    {
      extensions: ['.ts', '.js', '.svelte', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  )
  const { modules, summary } = output as ICruiseResult
  return {
    modules: modules.filter(({ source }) => /^(packages|edge|apps|examples)\//.test(source)).length,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
