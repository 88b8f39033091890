import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { read } from '#lib/api/read.ts'
import { OrderRow } from '#lib/orders/order-row.ts'

const NEWEST = 12
const PAGE = 100
/** A busier day than this is shown as "at least": its orders are not all fetched to be counted. */
const MOST_PAGES = 10

const TodayOrders = graphql(`
  query TodayOrders($since: DateTime!, $first: Int!, $after: String) {
    orders(first: $first, after: $after, where: { placedAfter: $since }) {
      nodes {
        id
        status
        test
        placedAt
        total {
          amountMinor
          currency
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const NewestOrders = graphql(
  `
    query NewestOrders($first: Int!) {
      newest: orders(first: $first) {
        nodes {
          ...OrderRow
        }
      }
      waiting: orders(first: 1, where: { status: PLACED }) {
        totalCount
      }
    }
  `,
  [OrderRow],
)

/** An order as the numbers of the day need it. */
export type TodayOrder = ResultOf<typeof TodayOrders>['orders']['nodes'][number]

/** What the start page shows when it opens. */
export const readToday = async (page: Parameters<typeof read>[0], since: Date) => {
  const [today, { newest, waiting }] = await Promise.all([
    readOrdersSince(page, since),
    read(page, NewestOrders, { first: NEWEST }),
  ])
  return { ...today, newest: newest.nodes, waiting: waiting.totalCount ?? 0 }
}

const readOrdersSince = async (page: Parameters<typeof read>[0], since: Date) => {
  const orders: TodayOrder[] = []
  let after: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer: ResultOf<typeof TodayOrders> = await read(page, TodayOrders, {
      since: since.toISOString(),
      first: PAGE,
      after,
    })
    orders.push(...answer.orders.nodes)
    after = answer.orders.pageInfo.endCursor
    if (!answer.orders.pageInfo.hasNextPage) return { orders, isComplete: true }
  }
  return { orders, isComplete: false }
}
