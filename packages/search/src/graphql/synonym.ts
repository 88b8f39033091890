import {
  builder,
  connectionType,
  defineMutation,
  defineNode,
  keysetConnection,
  type Payload,
  pageArgs,
  readId,
  type RequestContext,
  toGlobalId,
} from '@hilo/graphql'
import { may, type Uuid } from '@hilo/kernel'
import { createSynonym, deleteSynonym, updateSynonym } from '../synonyms/save-synonym.ts'
import { countSynonyms, synonymPage, synonymsByIds } from '../synonyms/synonym-queries.ts'
import { SYNONYM_KINDS } from '../synonyms/synonym.ts'

const synonym = defineNode('SearchSynonym', async ({ db, actor }, ids) =>
  may(actor, 'catalog:read') ? synonymsByIds(db, ids) : [],
)

const SynonymKind = builder.enumType('SearchSynonymKind', {
  description: 'TWO_WAY: all terms mean the same. ONE_WAY: who types a term also finds the replacements.',
  values: SYNONYM_KINDS,
})

builder.node(synonym.ref, {
  ...synonym.options,
  description:
    'Words that stand for others when products are looked for, in one language and its regional ones.',
  fields: (t) => ({
    locale: t.exposeString('locale'),
    kind: t.field({ type: SynonymKind, resolve: ({ kind }) => kind }),
    terms: t.stringList({ resolve: ({ terms }) => [...terms] }),
    replacements: t.stringList({ resolve: ({ replacements }) => [...replacements] }),
    version: t.exposeInt('version'),
  }),
})

const SynonymConnection = connectionType(synonym.ref, 'SearchSynonym')

builder.queryField('searchSynonyms', (t) =>
  t.field({
    type: SynonymConnection,
    description: 'The synonyms, by language.',
    authScopes: { permission: 'catalog:read' },
    args: {
      ...pageArgs(t.arg),
      locale: t.arg.string({ description: 'Only of this language.' }),
      search: t.arg.string({ description: 'A part of one of the words.' }),
    },
    resolve: (_root, { locale, search, ...args }, ctx) => {
      const filter = { locale: locale?.toWellFormed().replaceAll('\0', '') ?? undefined, search }
      return keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => synonymPage(ctx.db, { ...page, ...filter }),
        keyOf: (row) => [row.locale, row.id],
        count: () => countSynonyms(ctx.db, filter),
      })
    },
  }),
)

const access = { permission: 'catalog:write' } as const

const synonymField = {
  type: synonym.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly synonymId: Uuid }>, _args: object, ctx: RequestContext) =>
    value && synonym.byId(ctx, value.synonymId),
} as const

const TERMS = 'At most 20, of at most four words each.'

defineMutation('searchSynonymCreate', {
  description: 'Adds words that stand for others; searches follow at once.',
  access,
  input: (t) => ({
    locale: t.string({ required: true, description: 'A language of the shop.' }),
    kind: t.field({ type: SynonymKind, required: true }),
    terms: t.stringList({ required: true, description: TERMS }),
    replacements: t.stringList({ description: `Of a ONE_WAY. ${TERMS}` }),
  }),
  run: (ctx, input) => createSynonym(ctx, { ...input, replacements: input.replacements ?? [] }),
  payload: (t) => ({ synonym: t.field(synonymField) }),
})

defineMutation('searchSynonymUpdate', {
  description: 'Changes the words of a synonym; what is left out stays.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    terms: t.stringList({ description: TERMS }),
    replacements: t.stringList({ description: TERMS }),
  }),
  run: async (ctx, input) => {
    const id = readId('searchSynonym', input.id, ['id'])
    return id.ok ? updateSynonym(ctx, { ...input, id: id.value }) : id
  },
  payload: (t) => ({ synonym: t.field(synonymField) }),
})

defineMutation('searchSynonymDelete', {
  description: 'Takes a synonym away.',
  access,
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, input) => {
    const id = readId('searchSynonym', input.id, ['id'])
    return id.ok ? deleteSynonym(ctx, { ...input, id: id.value }) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('SearchSynonym', value.synonymId) : null),
    }),
  }),
})
