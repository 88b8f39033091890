import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const SeoFields = graphql(`
  fragment SeoFields on Seo {
    titleTexts {
      en
      es
    }
    descriptionTexts {
      en
      es
    }
    noIndex
    canonicalUrl
    imageUrl
  }
`)

/** What search engines are told of a page, as it is edited. */
export type SeoDraft = {
  title: { en: string; es: string }
  description: { en: string; es: string }
  noIndex: boolean
  canonicalUrl: string
  imageUrl: string
}

const textsOf = ({ en, es }: { en: string | null; es: string | null }) => ({ en: en ?? '', es: es ?? '' })

/** What the editor starts from. */
export const seoDraftOf = (seo: ResultOf<typeof SeoFields>): SeoDraft => ({
  title: textsOf(seo.titleTexts),
  description: textsOf(seo.descriptionTexts),
  noIndex: seo.noIndex,
  canonicalUrl: seo.canonicalUrl ?? '',
  imageUrl: seo.imageUrl ?? '',
})

const sentTexts = ({ en, es }: { en: string; es: string }) => ({
  en: en.trim() || null,
  es: es.trim() || null,
})

/** What a mutation takes of the draft. */
export const seoTermsOf = (seo: SeoDraft) => ({
  title: sentTexts(seo.title),
  description: sentTexts(seo.description),
  noIndex: seo.noIndex,
  canonicalUrl: seo.canonicalUrl.trim() || null,
  imageUrl: seo.imageUrl.trim() || null,
})
