import { checkKebab, nextNumber, NotPossible, sentence, type Kind } from './plan.ts'

const FOLDER = 'docs/adr'

/** A decision with the next number. */
export const adr: Kind = {
  usage: 'what-was-decided',
  plan: (name, tree) => {
    checkKebab(name)
    if (tree.list(FOLDER).some((each) => each.endsWith(`-${name}.md`)))
      throw new NotPossible(`There is a decision ${name} already: change that one, or decide something else.`)
    const number = nextNumber(tree, FOLDER)
    const path = `${FOLDER}/${number}-${name}.md`
    return {
      files: {
        [path]: `# ${Number(number)}. ${sentence(name)}

What made a decision necessary, in two sentences.

What was decided, and what follows from it for whoever changes the code.

The price, and the alternatives with why they were refused.
`,
      },
      next: [`Write ${path}: the title is the decision as a sentence, the page has at most 20 lines.`],
    }
  },
}
