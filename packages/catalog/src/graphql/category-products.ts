import { loadMany, loadOne } from '@hilo/graphql'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { countProductsOfCategories, type ListedProduct, productPagesOfCategories } from '../product-list.ts'
import { viewpoint } from '../visibility.ts'

/** A page of a category, as a key to load by. */
interface PageKey {
  readonly categoryId: Uuid
  readonly limit: number
  readonly after?: CursorKey
}

const keyText = ({ categoryId, limit, after }: PageKey): string =>
  JSON.stringify([categoryId, limit, after ?? null])

const readKey = (text: string): PageKey => {
  const [categoryId, limit, after] = JSON.parse(text) as [Uuid, number, CursorKey | null]
  return { categoryId, limit, after: after ?? undefined }
}

const load = loadMany<ListedProduct & { readonly key: string }>(
  async (ctx, keys) => {
    const requests = Map.groupBy(keys.map(readKey), ({ limit, after }) => JSON.stringify([limit, after]))
    const rows: (ListedProduct & { key: string })[] = []
    for (const group of requests.values()) {
      const { limit, after } = group[0]!
      const page = { view: viewpoint(ctx), locale: ctx.locale, limit, after }
      const ids = group.map(({ categoryId }) => categoryId)
      for (const row of await productPagesOfCategories(ctx.db, ids, page)) {
        rows.push({ ...row, key: keyText({ categoryId: row.categoryId, limit, after }) })
      }
    }
    return rows
  },
  ({ key }) => key,
)

/** The products of a category and of those below it; equal pages of many categories are one statement. */
export const categoryPage = (ctx: Parameters<typeof load>[0], key: PageKey) => load(ctx, keyText(key))

/** How many products a category has, with those below it. */
export const categoryCount = loadOne(
  (ctx, ids) => countProductsOfCategories(ctx.db, ids, { view: viewpoint(ctx), locale: ctx.locale }),
  ({ categoryId }) => categoryId,
)
