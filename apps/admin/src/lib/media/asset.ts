import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const Tile = graphql(`
  fragment AssetTile on Asset {
    id
    kind
    visibility
    fileName
    mediaType
    path
    bytes
    width
    height
    alt
    square: srcset(crop: SQUARE)
    squareAvif: srcset(crop: SQUARE, format: AVIF)
    usual: rendition(crop: SQUARE, maxWidth: 320) {
      url
    }
  }
`)

/** A picture, film or file as the library and the picker show it. */
export type AssetTileData = ResultOf<typeof Tile>

/** What a file is by its bytes. */
export type AssetKind = AssetTileData['kind']

export const AssetList = graphql(
  `
    query AssetList($first: Int!, $after: String, $where: AssetWhere) {
      assets(first: $first, after: $after, where: $where) {
        totalCount
        nodes {
          ...AssetTile
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Tile],
)

/** For lists that go on and need not count. */
export const FindAssets = graphql(
  `
    query FindAssets($first: Int!, $after: String, $where: AssetWhere) {
      assets(first: $first, after: $after, where: $where) {
        nodes {
          ...AssetTile
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Tile],
)

export const TileOf = graphql(
  `
    query TileOf($id: ID!) {
      asset(id: $id) {
        ...AssetTile
      }
    }
  `,
  [Tile],
)

export const ReadAsset = graphql(
  `
    query ReadAsset($id: ID!) {
      asset(id: $id) {
        ...AssetTile
        version
        createdAt
        updatedAt
        url
        downloadUrl
        focalPoint {
          x
          y
        }
        altTexts {
          ...TextsFields
        }
        whole: srcset
        wholeAvif: srcset(format: AVIF)
        usedBy {
          id
          name
          status
        }
      }
    }
  `,
  [Tile, TextsFields],
)

/** An asset as its editor has it. */
export type AssetData = NonNullable<ResultOf<typeof ReadAsset>['asset']>
