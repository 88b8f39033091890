import { checkLanguage } from '@hilo/channels'
import {
  builder,
  connectionType,
  defineMutation,
  keysetConnection,
  LocalizedText,
  pageArgs,
} from '@hilo/graphql'
import { COMMON, encodeId, localize, ok, parseId, type Result } from '@hilo/kernel'
import { setTranslations } from '../translations/set-translations.ts'
import type { Translation } from '../translations/translation.ts'
import {
  type AnyTextKind,
  KINDS_ELSEWHERE,
  TEXT_FIELDS,
  TEXT_KINDS,
  type TextField,
} from '../translations/text-sources.ts'
import {
  countMissing,
  type Coverage,
  type MissingText,
  missingTexts,
  translationCoverage,
} from '../translations/translation-queries.ts'

const TextKindEnum = builder.enumType('TextKind', {
  description: 'What has texts that are translated one by one.',
  values: {
    PRODUCT: { value: 'product' },
    VARIANT: { value: 'variant' },
    CATEGORY: { value: 'category' },
    COLLECTION: { value: 'collection' },
    OPTION: { value: 'option' },
    OPTION_VALUE: { value: 'optionValue' },
    ATTRIBUTE: { value: 'attribute' },
    PRODUCT_TYPE: { value: 'productType' },
    IMAGE: { value: 'image', description: 'A picture of a product, in its own words.' },
    ASSET: { value: 'asset', description: 'For pictures that have no words of their own.' },
    PROMOTION: {
      value: 'promotion',
      description:
        'Its name, until it is archived; of those that promotions:read shows. Writing takes promotions:write.',
    },
  } as const,
})

const TextFieldEnum = builder.enumType('TextField', {
  description:
    'Which text of it. ATTRIBUTE: what a product or a variant says of a localised attribute; CHOICE: the name of a choice of an attribute.',
  values: TEXT_FIELDS,
})

const TranslationCoverage = builder.objectRef<Coverage>('TranslationCoverage').implement({
  description: 'How much of the texts of a kind is there in one of the shop’s languages.',
  fields: (t) => ({
    locale: t.field({ type: 'LanguageTag', resolve: ({ locale }) => locale }),
    kind: t.field({ type: TextKindEnum, resolve: ({ kind }) => kind }),
    total: t.exposeInt('total', { description: 'Texts that are there in any language.' }),
    translated: t.exposeInt('translated'),
  }),
})

const MissingTranslation = builder.objectRef<MissingText>('MissingTranslation').implement({
  description: 'A text that is not there in a language.',
  fields: (t) => ({
    id: t.id({ description: 'Of what it belongs to.', resolve: ({ kind, id }) => encodeId(kind, id) }),
    field: t.field({ type: TextFieldEnum, resolve: ({ field }) => field }),
    part: t.string({
      nullable: true,
      description: 'The code of the attribute, for ATTRIBUTE, or of the choice, for CHOICE.',
      resolve: ({ part }) => part || null,
    }),
    texts: t.field({ type: LocalizedText, resolve: ({ texts }) => texts }),
    isRichText: t.boolean({
      description: 'HTML with structure only: anything else is taken out.',
      resolve: ({ isRich }) => isRich,
    }),
    names: t.stringList({
      description:
        'What it belongs to is called: a product before its option and value, a variant by its SKU, an asset by its file.',
      resolve: ({ names }, _args, ctx) =>
        names.map((name) => (typeof name === 'string' ? name : localize(name, ctx))),
    }),
    partName: t.string({
      nullable: true,
      description: 'The name of the attribute that is said.',
      resolve: ({ partName }, _args, ctx) => partName && localize(partName, ctx),
    }),
    productId: t.id({
      nullable: true,
      description: 'The product that it belongs to, or is.',
      resolve: ({ productId }) => productId && encodeId('product', productId),
    }),
    version: t.exposeInt('version', {
      nullable: true,
      description: 'Of what it belongs to, for ifVersion. Options, values and images count none.',
    }),
  }),
})

const MissingConnection = connectionType(MissingTranslation, 'MissingTranslation')

builder.queryField('translationCoverage', (t) =>
  t.field({
    type: [TranslationCoverage],
    description: 'How far each kind of text is translated into each language of the shop. Reads every text.',
    authScopes: { permission: 'catalog:read' },
    resolve: async (_root, _args, ctx) => [...(await translationCoverage(ctx))],
  }),
)

builder.queryField('translationsMissing', (t) =>
  t.field({
    type: MissingConnection,
    description: 'The texts of a kind that are not there in a language: what a file for translators holds.',
    authScopes: { permission: 'catalog:read' },
    args: {
      ...pageArgs(t.arg),
      locale: t.arg({ type: 'LanguageTag', required: true }),
      kind: t.arg({ type: TextKindEnum, required: true }),
    },
    resolve: (_root, { locale, kind, ...args }, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 3,
        rows: (page) => missingTexts(ctx, { locale, kind, ...page }),
        keyOf: ({ id, field, part }) => [id, field, part],
        count: () => countMissing(ctx, locale, kind),
      }),
  }),
)

const TextTranslationInput = builder.inputType('TextTranslationInput', {
  fields: (t) => ({
    id: t.id({
      required: true,
      description:
        'Of a product, variant, category, collection, option, value, attribute, type, image, asset or promotion.',
    }),
    field: t.field({ type: TextFieldEnum, required: true }),
    part: t.string({ description: 'The code of the attribute or of the choice, for ATTRIBUTE and CHOICE.' }),
    text: t.string({ required: true }),
    ifVersion: t.int({ description: 'Refused when what it belongs to has another version by now.' }),
  }),
})

const ALL_KINDS: readonly string[] = [...TEXT_KINDS, ...KINDS_ELSEWHERE]

const isTextKind = (kind: string): kind is AnyTextKind => ALL_KINDS.includes(kind)

const readTranslations = (
  entered: readonly {
    readonly id: string
    readonly field: TextField
    readonly part?: string | null
    readonly text: string
    readonly ifVersion?: number | null
  }[],
): Result<readonly Translation<AnyTextKind>[]> => {
  const read: Translation<AnyTextKind>[] = []
  for (const [index, { id: given, field, part, text, ifVersion }] of entered.entries()) {
    const id = parseId(given)
    if (!id || !isTextKind(id.kind)) {
      const facts = { kind: 'text' as const, id: given.slice(0, 60).toWellFormed() }
      return COMMON.refuse('NOT_FOUND', facts, ['translations', String(index), 'id'])
    }
    read.push({
      kind: id.kind,
      id: id.id,
      field,
      part: part ?? '',
      text,
      ifVersion: ifVersion ?? null,
      index,
    })
  }
  return ok(read)
}

defineMutation('translationsSet', {
  description:
    'Gives many texts of many things one language, all or none; at most 1,000. Other languages of the texts stay. Refuses LANGUAGE_NOT_LISTED.',
  access: { permission: 'catalog:write' },
  input: (t) => ({
    locale: t.field({ type: 'LanguageTag', required: true }),
    translations: t.field({ type: [TextTranslationInput], required: true }),
  }),
  run: async (ctx, { locale, translations }) => {
    const listed = await checkLanguage(ctx, locale, ['locale'])
    if (!listed.ok) return listed
    const read = readTranslations(translations)
    return read.ok ? setTranslations(ctx, { locale, translations: read.value }) : read
  },
  payload: (t) => ({
    count: t.int({
      nullable: true,
      description: 'How many texts are another now.',
      resolve: ({ value }) => value?.count ?? null,
    }),
  }),
})
