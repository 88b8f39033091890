import {
  builder,
  defineMutation,
  type LocalizedEntered,
  LocalizedInput,
  readId,
  readLocalized,
  toGlobalId,
} from '@hilo/graphql'
import { createAttribute, deleteAttribute, updateAttribute } from '../attributes/save-attribute.ts'
import { AttributeKindEnum } from './attribute.ts'
import { attribute } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

const AttributeChoiceInput = builder.inputType('AttributeChoiceInput', {
  fields: (t) => ({
    code: t.string({ required: true, description: 'Never changes: another code is another choice.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    color: t.string({ description: 'A swatch: #rrggbb.' }),
  }),
})

interface EnteredChoice {
  readonly code: string
  readonly name: LocalizedEntered
  readonly color?: string | null
}

const readChoices = (choices: readonly EnteredChoice[] | null | undefined) =>
  choices?.map((choice) => ({ ...choice, name: readLocalized(choice.name) }))

const UNIT = 'Of a NUMBER, at most 20 characters.'
const LOCALIZED = 'Of a TEXT or RICH_TEXT: another one in each language.'
const FILTERABLE =
  'Lists may be filtered by it, and promotions and collections may look at it. Not of a RICH_TEXT, a FILE, or what is localised; a TEXT then has at most 200 characters.'
const INTERNAL = 'Seen by those who read the whole catalogue, and by nobody else.'
const MAX_LENGTH = 'Of a TEXT or RICH_TEXT, in characters.'

defineMutation('attributeCreate', {
  description: 'Adds an attribute, which product types may then list.',
  access,
  input: (t) => ({
    code: t.string({ required: true, description: 'a-z, 0-9 and dashes.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    kind: t.field({ type: AttributeKindEnum, required: true }),
    unit: t.string({ description: UNIT }),
    localized: t.boolean({ description: LOCALIZED }),
    filterable: t.boolean({ description: FILTERABLE }),
    internal: t.boolean({ description: INTERNAL }),
    minimum: t.float({ description: 'Of a NUMBER.' }),
    maximum: t.float({ description: 'Of a NUMBER.' }),
    maxLength: t.int({ description: MAX_LENGTH }),
    choices: t.field({ type: [AttributeChoiceInput], description: 'In their order; at most 1,000.' }),
  }),
  run: (ctx, input) =>
    createAttribute(ctx, {
      ...input,
      name: readLocalized(input.name),
      choices: readChoices(input.choices),
    }),
  payload: (t) => ({
    attribute: t.field({
      type: attribute.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && attribute.byId(ctx, value.attributeId),
    }),
  }),
})

defineMutation('attributeUpdate', {
  description:
    'Changes an attribute; what is left out stays, null takes a unit or a limit away. Once a product has a value the kind stays, and a choice or a limit only goes when no product needs it.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    code: t.string(),
    name: t.field({ type: LocalizedInput }),
    kind: t.field({ type: AttributeKindEnum }),
    unit: t.string({ description: UNIT }),
    localized: t.boolean({ description: LOCALIZED }),
    filterable: t.boolean({ description: FILTERABLE }),
    internal: t.boolean({ description: INTERNAL }),
    minimum: t.float(),
    maximum: t.float(),
    maxLength: t.int({ description: MAX_LENGTH }),
    choices: t.field({
      type: [AttributeChoiceInput],
      description: 'All of them in their order: those left out are removed. At most 1,000.',
    }),
  }),
  run: async (ctx, input) => {
    const id = readId('attribute', input.id, ['id'])
    if (!id.ok) return id
    const { name, choices, code, ...rest } = input
    return updateAttribute(ctx, {
      ...rest,
      id: id.value,
      ...(code != null && { code }),
      ...(name && { name: readLocalized(name) }),
      ...(choices && { choices: readChoices(choices) }),
    })
  },
  payload: (t) => ({
    attribute: t.field({
      type: attribute.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && attribute.byId(ctx, value.attributeId),
    }),
  }),
})

defineMutation('attributeDelete', {
  description: 'Deletes an attribute that no product has a value of, and takes it out of every type.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('attribute', input.id, ['id'])
    return id.ok ? deleteAttribute(ctx, id.value) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('Attribute', value.attributeId) : null),
    }),
  }),
})
