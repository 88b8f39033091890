import { decodeId, encodeId, isUuid, type Localized } from '@hilo/kernel'
import type { Noun } from '@hilo/pricing'
import { placesOf } from '#lib/categories/tree.ts'
import { readTree } from '#lib/categories/read-tree.ts'
import { read } from '#lib/api/read.ts'
import { textsOf } from '#lib/editing/texts.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { keysIn, NAMED_NODES, type NodeNoun } from './keys.ts'
import type { KnownName } from './known.svelte.ts'
import { NamesOf, PromotionChoices, type PromotionChoicesData } from './promotion.ts'

const AT_ONCE = 100
/** The public id of a key; a definition may have the database's own, or a slug, which is none. */
const publicId = (noun: NodeNoun, key: string): string | undefined => {
  if (decodeId(noun, key)) return key
  return isUuid(key) ? encodeId(noun, key) : undefined
}

const inOwnLanguage = (name: string): Localized => ({ [getLocale()]: name })

/** The names of what the lists hold. */
const listedNames = (choices: PromotionChoicesData): KnownName[] => {
  const coded = (noun: Noun, things: readonly { readonly code: string; readonly name: string }[]) =>
    things.map(({ code, name }) => ({ noun, key: code, texts: inOwnLanguage(name) }))
  return [
    ...coded('market', choices.markets),
    ...coded('channel', choices.channels),
    ...coded('customerGroup', choices.customerGroups),
    ...coded('attribute', choices.attributes.nodes),
    ...choices.segments.nodes.map(({ code, nameTexts }) => ({
      noun: 'segment' as const,
      key: code,
      texts: textsOf(nameTexts),
    })),
    ...choices.collections.nodes.flatMap(({ id, slug, nameTexts }) =>
      [id, slug, decodeId('collection', id) ?? id].map((key) => ({
        noun: 'collection' as const,
        key,
        texts: textsOf(nameTexts),
      })),
    ),
    ...choices.categories.flatMap(({ id, slug, name }) =>
      [id, slug].map((key) => ({ noun: 'category' as const, key, texts: inOwnLanguage(name) })),
    ),
  ]
}

type Page = Parameters<typeof read>[0]

const readNodes = async (page: Page, definition: unknown, choices: PromotionChoicesData) => {
  const idOfSlug = new Map(choices.categories.map(({ id, slug }) => [slug, id]))
  const wanted = NAMED_NODES.flatMap((noun) =>
    keysIn(definition, noun).map((key) => [noun, key, publicId(noun, key) ?? idOfSlug.get(key)] as const),
  )
  const ids = [...new Set(wanted.flatMap(([, , id]) => (id ? [id] : [])))]
  const texts = new Map<string, Localized>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const { nodes } = await read(page, NamesOf, { ids: ids.slice(from, from + AT_ONCE) })
    for (const node of nodes) {
      if (node?.__typename === 'Variant') {
        const named = Object.entries(textsOf(node.product.nameTexts))
        texts.set(
          node.id,
          Object.fromEntries(named.map(([locale, text]) => [locale, `${text} (${node.sku})`])),
        )
      } else if (node?.__typename === 'Product' || node?.__typename === 'Category')
        texts.set(node.id, textsOf(node.nameTexts))
    }
  }
  return wanted.flatMap(([noun, key, id]): KnownName[] => {
    const found = id && texts.get(id)
    return found ? [{ noun, key, texts: found }] : []
  })
}

/** What an editor of promotions offers to choose from, and the names of what a definition refers to. */
export const readChoices = async (
  page: Page,
  definition?: unknown,
): Promise<{ readonly choices: PromotionChoicesData; readonly names: readonly KnownName[] }> => {
  const [listed, tree] = await Promise.all([read(page, PromotionChoices, {}), readTree(page)])
  const parents = new Map<string, string>()
  const categories = placesOf(tree).map(({ branch, parent }) => {
    const above = parent ? parents.get(parent.id) : undefined
    const path = above ? `${above} › ${parent!.name}` : (parent?.name ?? '')
    parents.set(branch.id, path)
    return { id: branch.id, slug: branch.slug, name: branch.name, path }
  })
  const choices = { ...listed, categories }
  return { choices, names: [...listedNames(choices), ...(await readNodes(page, definition, choices))] }
}
