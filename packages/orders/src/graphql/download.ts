import { builder, loadMany, type RequestContext } from '@hilo/graphql'
import { downloadLink } from '../downloads/download-link.ts'
import { type Download, downloadsOfLines, remainingOf } from '../downloads/download-queries.ts'
import { type OrderScope, readableOrders } from '../order-scope.ts'
import { orderLine } from './order-nodes.ts'

/** How long a link works: to begin a download, not to pass it on. */
const LINK_MS = 15 * 60_000

/** Of the buyer alone: neither staff nor the device that ordered. */
const ownOrders = (ctx: RequestContext): OrderScope => ({
  ...readableOrders(ctx),
  channels: [],
  device: undefined,
})

const downloadsOf = loadMany(
  (ctx, lineIds) => downloadsOfLines(ctx.db, ownOrders(ctx), lineIds),
  ({ orderLineId }) => orderLineId,
)

const DownloadType = builder.objectRef<Download>('Download').implement({
  description: 'A file that was bought.',
  fields: (t) => ({
    name: t.exposeString('name'),
    mediaType: t.exposeString('mediaType'),
    url: t.string({
      nullable: true,
      description:
        'Relative to the API, for 15 minutes; whoever has it may download. Null when nothing remains, or when the shop has no key to sign with.',
      resolve: (download, _args, ctx) =>
        ctx.downloadKey && remainingOf(download, ctx.now()) > 0
          ? downloadLink(ctx.downloadKey, download.id, new Date(ctx.now().getTime() + LINK_MS))
          : null,
    }),
    remaining: t.int({
      description: 'Times that it can be downloaded; 0 after expiresAt, and of a cancelled order.',
      resolve: (download, _args, ctx) => remainingOf(download, ctx.now()),
    }),
    expiresAt: t.field({ type: 'DateTime', resolve: ({ expiresAt }) => expiresAt }),
  }),
})

builder.objectField(orderLine.ref, 'downloads', (t) =>
  t.field({
    type: [DownloadType],
    description: 'The files that were bought with it: for whoever bought it, and for nobody else.',
    resolve: async ({ id }, _args, ctx) => [...(await downloadsOf(ctx, id))],
  }),
)
