import { checkKebab, nextNumber, NotPossible, sentence, type Kind } from './plan.ts'

const FOLDER = 'packages/db/migrations'

/** A migration with the next number. */
export const migration: Kind = {
  usage: 'what-it-does',
  plan: (name, tree) => {
    checkKebab(name)
    const file = `_${name.replaceAll('-', '_')}.sql`
    if (tree.list(FOLDER).some((each) => each.endsWith(file)))
      throw new NotPossible(`There is a migration ${file.slice(1)} already: say what this one does.`)
    const path = `${FOLDER}/${nextNumber(tree, FOLDER)}${file}`
    return {
      files: {
        [path]: `-- ${sentence(name)}. The code before it still runs against it: new columns are nullable or have a default, and nothing\n-- that is used is dropped.\n`,
      },
      next: [
        `Write the SQL in ${path}; never edit one that has landed.`,
        'npm run golden, and commit the migration together with packages/db/src/tables.generated.ts.',
      ],
    }
  },
}
