import type { Context, FullExecutor } from '@hilo/db'
import type { SearchAnswer, SearchQuery } from '../engine.ts'
import { findProducts } from '../find-products.ts'
import { rebuildSearch } from '../rebuild.ts'

/** Makes every document of a test's shop. */
export const indexAll = (ctx: Context): Promise<void> => rebuildSearch(ctx.db as FullExecutor, ctx.now)

/** Looks for a text as a guest of the context's channel would, with anything replaced. */
export const lookFor = (
  ctx: Context,
  text: string,
  more: Partial<Omit<SearchQuery, 'text' | 'words'>> = {},
): Promise<SearchAnswer> =>
  findProducts(ctx.db as FullExecutor, {
    text,
    channelId: ctx.channel.id,
    now: ctx.now(),
    locale: 'en',
    filter: {},
    sort: { by: 'RELEVANCE' },
    after: undefined,
    limit: 20,
    facets: [],
    wantsTotal: false,
    ...more,
  })
