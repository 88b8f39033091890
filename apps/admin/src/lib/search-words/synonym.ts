import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const SynonymList = graphql(`
  query SynonymList($first: Int!, $after: String, $locale: String, $search: String) {
    searchSynonyms(first: $first, after: $after, locale: $locale, search: $search) {
      totalCount
      nodes {
        id
        locale
        kind
        terms
        replacements
        version
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    searchStatus {
      products
      due
      lagSeconds
    }
    channels {
      code
      name
      kind
    }
  }
`)

/** Words that stand for others. */
export type SynonymData = ResultOf<typeof SynonymList>['searchSynonyms']['nodes'][number]

/** A channel that a search can be tried in. */
export type ChannelData = ResultOf<typeof SynonymList>['channels'][number]

export const SynonymCreate = graphql(
  `
    mutation SynonymCreate($input: SearchSynonymCreateInput!) {
      payload: searchSynonymCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SynonymUpdate = graphql(
  `
    mutation SynonymUpdate($input: SearchSynonymUpdateInput!) {
      payload: searchSynonymUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SynonymDelete = graphql(
  `
    mutation SynonymDelete($input: SearchSynonymDeleteInput!) {
      payload: searchSynonymDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SearchRebuild = graphql(
  `
    mutation SearchRebuild($input: SearchRebuildInput!) {
      payload: searchRebuild(input: $input) {
        requested
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const TrySearch = graphql(`
  query TrySearch($query: String!, $facets: [String!], $channel: String!, $locale: String!)
  @inContext(channel: $channel, locale: $locale) {
    productSearch(query: $query, first: 10, facets: $facets) {
      totalCount
      complete
      suggestion
      facets {
        facet
        values {
          value
          label
          count
        }
      }
      nodes {
        id
        name
        slug
        images {
          url
        }
      }
    }
    searchSuggest(prefix: $query)
  }
`)

/** What a search found. */
export type FoundData = ResultOf<typeof TrySearch>
