/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string
  readonly text: string
  /** The arguments of an instruction in JSON form, such as `CMD ["node"]`. */
  readonly words: readonly string[] | undefined
}

/** A stage: from `FROM` to the next one. */
export interface Stage {
  readonly from: string
  readonly name: string | undefined
  readonly instructions: readonly Instruction[]
}

const wordsOf = (text: string): readonly string[] | undefined => {
  const json = /\[.*\]$/.exec(text)?.[0]
  return json ? (JSON.parse(json) as string[]) : undefined
}

const instructionsOf = (text: string): Instruction[] =>
  text
    .replaceAll(/^\s*#.*\n?/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^\s*([a-zA-Z]+)\s+(.*)$/.exec(line) ?? []
      if (!name) throw new Error(`This is no instruction: ${line}`)
      return { name: name.toUpperCase(), text: rest.trim(), words: wordsOf(rest.trim()) }
    })

/** Reads the stages of a Dockerfile. */
export const parseDockerfile = (text: string): readonly Stage[] => {
  const stages: { from: string; name: string | undefined; instructions: Instruction[] }[] = []
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') {
      const [from = '', , name] = instruction.text.split(/\s+/)
      stages.push({ from, name, instructions: [] })
    } else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

/** The instructions of this name in a stage. */
export const instructionsNamed = ({ instructions }: Stage, name: string): readonly Instruction[] =>
  instructions.filter((instruction) => instruction.name === name)

/** The variables that a stage sets. */
export const environmentOf = (stage: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    instructionsNamed(stage, 'ENV').flatMap(({ text }) =>
      text.split(/\s+/).map((pair): [string, string] => {
        const at = pair.indexOf('=')
        return [pair.slice(0, at), pair.slice(at + 1)]
      }),
    ),
  )
