import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const MissingTexts = graphql(
  `
    query MissingTexts($locale: LanguageTag!, $kind: TextKind!, $first: Int!, $after: String) {
      translationCoverage {
        locale
        kind
        total
        translated
      }
      translationsMissing(locale: $locale, kind: $kind, first: $first, after: $after) {
        nodes {
          id
          field
          part
          isRichText
          names
          partName
          productId
          version
          texts {
            ...TextsFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [TextsFields],
)

type Data = ResultOf<typeof MissingTexts>

/** A text that is not there in a language. */
export type MissingText = Data['translationsMissing']['nodes'][number]

/** How much of a kind of text is there in a language. */
export type KindCoverage = Data['translationCoverage'][number]

/** What has texts. */
export type TextKind = KindCoverage['kind']

export const TranslationsSet = graphql(
  `
    mutation TranslationsSet($input: TranslationsSetInput!) {
      payload: translationsSet(input: $input) {
        count
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
