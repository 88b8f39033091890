import { type Localized, localize, ok, type Reader, type Result } from '@hilo/kernel'
import { checkLocalized, checkUrl, firstRefusal } from '../text.ts'

/** What search engines and social networks are told of a page. What is empty falls back to its name and description. */
export interface Seo {
  readonly title: Localized
  readonly description: Localized
  /** True when search engines shall not list it. */
  readonly noIndex: boolean
  /** The address of the page that this one is the same as; null for its own. */
  readonly canonicalUrl: string | null
  /** The picture that social networks show; null for the first of its own. */
  readonly imageUrl: string | null
}

/** Most characters of a title in one language: longer ones are cut by search engines anyway. */
const MAX_TITLE = 200

/** Most characters of a description in one language. */
const MAX_SEO_DESCRIPTION = 1_000

/** What a column `seo` says, with its defaults. */
export const toSeo = (column: unknown): Seo => {
  const said = (column ?? {}) as Partial<Seo>
  return {
    title: said.title ?? {},
    description: said.description ?? {},
    noIndex: said.noIndex ?? false,
    canonicalUrl: said.canonicalUrl ?? null,
    imageUrl: said.imageUrl ?? null,
  }
}

/** Texts and addresses of SEO fields, checked; the path of a refusal starts with `seo`. */
export const checkSeo = (seo: Seo): Result<Seo> => {
  const text = (field: 'title' | 'description', max: number) =>
    checkLocalized(seo[field], { max, path: ['seo', field], optional: true })
  const address = (field: 'canonicalUrl' | 'imageUrl') =>
    seo[field] === null ? ok('') : checkUrl(seo[field], ['seo', field])
  const refused = firstRefusal([
    text('title', MAX_TITLE),
    text('description', MAX_SEO_DESCRIPTION),
    address('canonicalUrl'),
    address('imageUrl'),
  ])
  return refused ?? ok(seo)
}

/** The column `seo` of what was entered: without what is empty. */
export const seoColumn = ({ title, description, noIndex, canonicalUrl, imageUrl }: Seo): string =>
  JSON.stringify({
    ...(Object.keys(title).length > 0 && { title }),
    ...(Object.keys(description).length > 0 && { description }),
    ...(noIndex && { noIndex }),
    ...(canonicalUrl !== null && { canonicalUrl }),
    ...(imageUrl !== null && { imageUrl }),
  })

/** SEO fields by the names that events tell their changes by. */
export const seoFields = ({ title, description, noIndex, canonicalUrl, imageUrl }: Seo) => ({
  seoTitle: title,
  seoDescription: description,
  noIndex,
  canonicalUrl,
  seoImageUrl: imageUrl,
})

/** Most characters of a description that is taken from the thing itself. */
const SHORT = 160

const shortened = (text: string): string => {
  if (text.length <= SHORT) return text
  const cut = text.slice(0, SHORT - 1).toWellFormed()
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), SHORT / 2)).trimEnd()}…`
}

/** Title and description as a page shows them: the SEO texts, else name and description in the reader's language. */
export const shownSeo = (
  seo: Seo,
  own: { readonly name: Localized; readonly description?: Localized },
  reader: Reader,
): { readonly title: string; readonly description: string } => ({
  title: localize(seo.title, reader) || localize(own.name, reader),
  description: localize(seo.description, reader) || shortened(localize(own.description ?? {}, reader)),
})
