import { read } from '#lib/api/read.ts'
import { CategoriesBelow, type Branch, CategoryTree } from './category.ts'

const AT_ONCE = 100

interface Partial {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly version: number
  readonly children?: readonly Partial[]
}

/** The categories at which an answer ended: what is below them is not known yet. */
const ends = (branches: readonly Partial[]): string[] =>
  branches.flatMap(({ id, children }) => (children ? ends(children) : [id]))

const grown = (branches: readonly Partial[], below: ReadonlyMap<string, readonly Partial[]>): Partial[] =>
  branches.map((branch) => {
    const children = branch.children ?? below.get(branch.id)
    return children ? { ...branch, children: grown(children, below) } : branch
  })

/** The whole category tree: a shop with few levels is one question. */
export const readTree = async (page: Parameters<typeof read>[0]): Promise<readonly Branch[]> => {
  let tree: readonly Partial[] = (await read(page, CategoryTree, {})).categories
  for (let open = ends(tree); open.length > 0; open = ends(tree)) {
    const below = new Map<string, readonly Partial[]>()
    for (let from = 0; from < open.length; from += AT_ONCE) {
      const { nodes } = await read(page, CategoriesBelow, { ids: open.slice(from, from + AT_ONCE) })
      for (const node of nodes) if (node?.__typename === 'Category') below.set(node.id, node.children)
    }
    // One that is gone meanwhile has nothing below it.
    for (const id of open) if (!below.has(id)) below.set(id, [])
    tree = grown(tree, below)
  }
  return tree as readonly Branch[]
}
