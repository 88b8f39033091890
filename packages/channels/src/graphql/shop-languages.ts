import { defineMutation } from '@hilo/graphql'
import { setLanguages } from '../set-languages.ts'
import { readShop } from '../shop-queries.ts'
import { ShopType } from './shop.ts'

defineMutation('shopLanguagesSet', {
  description:
    'Says in which languages the shop writes its texts, within seconds in every process. Texts in a language taken out stay. Refuses LANGUAGE_INVALID, LANGUAGE_NOT_LISTED.',
  access: { permission: 'settings:write' },
  input: (t) => ({
    locales: t.stringList({ required: true, description: 'BCP 47 tags, at most 50.' }),
    defaultLocale: t.string({ required: true, description: 'One of them: what all others fall back to.' }),
  }),
  run: (ctx, { locales, defaultLocale }) => setLanguages(ctx, { locales, defaultLocale }),
  payload: (t) => ({
    shop: t.field({
      type: ShopType,
      nullable: true,
      resolve: async ({ value }, _args, { db }) => (value ? ((await readShop(db)) ?? null) : null),
    }),
  }),
})
