import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { type Texts, TextsFields, textInput, textsOf } from '#lib/editing/texts.ts'

export const SeoFields = graphql(
  `
    fragment SeoFields on Seo {
      titleTexts {
        ...TextsFields
      }
      descriptionTexts {
        ...TextsFields
      }
      noIndex
      canonicalUrl
      imageUrl
    }
  `,
  [TextsFields],
)

/** What search engines are told of a page, as it is edited. */
export type SeoDraft = {
  title: Texts
  description: Texts
  noIndex: boolean
  canonicalUrl: string
  imageUrl: string
}

/** What the editor starts from. */
export const seoDraftOf = (seo: ResultOf<typeof SeoFields>): SeoDraft => ({
  title: textsOf(seo.titleTexts),
  description: textsOf(seo.descriptionTexts),
  noIndex: seo.noIndex,
  canonicalUrl: seo.canonicalUrl ?? '',
  imageUrl: seo.imageUrl ?? '',
})

/** What a mutation takes of the draft. */
export const seoTermsOf = (seo: SeoDraft) => ({
  title: textInput(seo.title),
  description: textInput(seo.description),
  noIndex: seo.noIndex,
  canonicalUrl: seo.canonicalUrl.trim() || null,
  imageUrl: seo.imageUrl.trim() || null,
})
