import { builder, type LocalizedEntered, LocalizedInput, LocalizedText, readLocalized } from '@hilo/graphql'
import type { Localized } from '@hilo/kernel'
import { type Seo, shownSeo } from '../seo/seo.ts'

/** SEO fields with what they fall back to. */
export interface SeoOf {
  readonly seo: Seo
  readonly name: Localized
  readonly description?: Localized
}

/** The SEO fields of whatever has a name: `seo: t.field({ type: SeoType, resolve: (row) => row })`. */
export const SeoType = builder.objectRef<SeoOf>('Seo').implement({
  description: 'What search engines and social networks are told of a page.',
  fields: (t) => ({
    title: t.string({
      description: 'In the language of the request; the name when no title is said.',
      resolve: ({ seo, ...own }, _args, ctx) => shownSeo(seo, own, ctx).title,
    }),
    description: t.string({
      description: 'In the language of the request; the beginning of the description when none is said.',
      resolve: ({ seo, ...own }, _args, ctx) => shownSeo(seo, own, ctx).description,
    }),
    titleTexts: t.field({ type: LocalizedText, resolve: ({ seo }) => seo.title }),
    descriptionTexts: t.field({ type: LocalizedText, resolve: ({ seo }) => seo.description }),
    noIndex: t.boolean({
      description: 'Search engines shall not list it.',
      resolve: ({ seo }) => seo.noIndex,
    }),
    canonicalUrl: t.string({
      nullable: true,
      description: 'The page that this one is the same as; null for its own address.',
      resolve: ({ seo }) => seo.canonicalUrl,
    }),
    imageUrl: t.string({
      nullable: true,
      description: 'What social networks show; null for the first picture of its own.',
      resolve: ({ seo }) => seo.imageUrl,
    }),
  }),
})

/** SEO fields as they are entered. */
export const SeoInput = builder.inputType('SeoInput', {
  description: 'All SEO fields together: what is left out is taken away.',
  fields: (t) => ({
    title: t.field({ type: LocalizedInput }),
    description: t.field({ type: LocalizedInput }),
    noIndex: t.boolean(),
    canonicalUrl: t.string({ description: 'https://…, or a path of the shop’s own.' }),
    imageUrl: t.string({ description: 'https://…, or a path of the shop’s own server.' }),
  }),
})

interface SeoEntered {
  readonly title?: LocalizedEntered | null
  readonly description?: LocalizedEntered | null
  readonly noIndex?: boolean | null
  readonly canonicalUrl?: string | null
  readonly imageUrl?: string | null
}

const withoutEmpty = (text: LocalizedEntered | null | undefined): Localized =>
  Object.fromEntries(Object.entries(text ? readLocalized(text) : {}).filter(([, each]) => each !== ''))

/** SEO fields of an input; nothing for none. */
export const readSeo = (input: SeoEntered | null | undefined): Seo | undefined =>
  input
    ? {
        title: withoutEmpty(input.title),
        description: withoutEmpty(input.description),
        noIndex: input.noIndex ?? false,
        canonicalUrl: input.canonicalUrl || null,
        imageUrl: input.imageUrl || null,
      }
    : undefined
