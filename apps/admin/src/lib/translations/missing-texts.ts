import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const TranslationCoverage = graphql(`
  query TranslationCoverage {
    translationCoverage {
      locale
      kind
      total
      translated
    }
  }
`)

export const MissingTexts = graphql(
  `
    query MissingTexts($locale: LanguageTag!, $kind: TextKind!, $first: Int!, $after: String) {
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

/** A text that is not there in a language. */
export type MissingText = ResultOf<typeof MissingTexts>['translationsMissing']['nodes'][number]

/** What has texts. */
export type TextKind = ResultOf<typeof TranslationCoverage>['translationCoverage'][number]['kind']

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
