import { builder, refusalError } from '@hilo/graphql'
import { contentLocale } from '@hilo/kernel'
import { engineIn } from '../engine-in-use.ts'
import { readText } from './read-search.ts'

const MOST = 10

builder.queryField('searchSuggest', (t) =>
  t.field({
    type: ['String'],
    description: `What people may be typing: the text with its last word completed, at most ${MOST} ways, from words of products sold here.`,
    authScopes: { anyone: true },
    args: { prefix: t.arg.string({ required: true, description: 'At most 200 characters.' }) },
    resolve: async (_root, { prefix }, ctx) => {
      const text = readText(prefix, 'prefix')
      if (!text.ok) throw refusalError(text.error, ctx)
      const suggested = await engineIn(ctx.db).suggest({
        prefix: text.value,
        limit: MOST,
        channelId: ctx.channel.id,
        now: ctx.now(),
        locale: contentLocale(ctx),
      })
      return [...suggested]
    },
  }),
)
