import { readdir } from 'node:fs/promises'
import type { Scenario } from '../scenario.ts'

const folder = new URL('../scenarios/', import.meta.url)

/** Every scenario of the folder, by file and then in the order of the file. */
export const allScenarios = async (): Promise<readonly Scenario[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort()
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(new URL(file, folder).href)) as { scenarios?: readonly Scenario[] }
      if (!module.scenarios) throw new Error(`bench/scenarios/${file} exports no \`scenarios\``)
      return module.scenarios
    }),
  )
  return found.flat()
}

/** The scenario with this name. */
export const scenarioNamed = async (name: string): Promise<Scenario> => {
  const found = (await allScenarios()).find((scenario) => scenario.name === name)
  if (!found) throw new Error(`There is no scenario ${name}`)
  return found
}
