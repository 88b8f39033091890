import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const ReadMarkets = graphql(
  `
    query ReadMarkets {
      shop {
        name
        defaultChannel {
          id
        }
      }
      markets {
        id
        code
        name
        version
        nameTexts {
          ...TextsFields
        }
        currency
        pricesIncludeTax
        defaultLocale
        timeZone
        stacking
        taxPer
        taxes {
          country
          standardPpm
          reducedPpm
          zeroPpm
        }
        deliveryPrice {
          amountMinor
          currency
        }
      }
      channels {
        id
        code
        name
        version
        nameTexts {
          ...TextsFields
        }
        kind
        active
        market {
          id
        }
      }
      locations {
        id
        name
        channels {
          id
        }
      }
    }
  `,
  [TextsFields],
)

type Read = ResultOf<typeof ReadMarkets>

/** A market as its form has it. */
export type MarketData = Read['markets'][number]

/** A location with the channels that it serves. */
export type LocationData = Read['locations'][number]

/** The locations that serve a channel. */
export const locationsOf = (locations: readonly LocationData[], channelId: string): LocationData[] =>
  locations.filter(({ channels }) => channels.some(({ id }) => id === channelId))

/** A channel as its form has it. */
export type ChannelData = Read['channels'][number]

export const MarketCreate = graphql(
  `
    mutation MarketCreate($input: MarketCreateInput!) {
      payload: marketCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const MarketChange = graphql(
  `
    mutation MarketChange($input: MarketUpdateInput!) {
      payload: marketUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ChannelCreate = graphql(
  `
    mutation ChannelCreate($input: ChannelCreateInput!) {
      payload: channelCreate(input: $input) {
        channel {
          id
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ChannelChange = graphql(
  `
    mutation ChannelChange($input: ChannelUpdateInput!) {
      payload: channelUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ChannelLocations = graphql(
  `
    mutation ChannelLocations($input: ChannelLocationsSetInput!) {
      payload: channelLocationsSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ShopChange = graphql(
  `
    mutation ShopChange($input: ShopUpdateInput!) {
      payload: shopUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
