import { ok, type Result } from '@hilo/kernel'
import { CATALOG_REFUSALS } from '../errors.ts'
import { checkCount, checkLocalized, checkSlug, checkText, firstRefusal, MAX_NAME } from '../text.ts'
import {
  type Attribute,
  type AttributeChoice,
  canFilter,
  hasChoices,
  MAX_ATTRIBUTE_TEXT,
  MAX_FILTER_TEXT,
  MAX_RICH_TEXT,
} from './attribute.ts'
import { ATTRIBUTE_REFUSALS } from './errors.ts'
import { hexColor } from './read-value.ts'

const MAX_CHOICES = 1_000
const MAX_UNIT = 20

/** A choice as it is entered. */
export type ChoiceInput = Pick<AttributeChoice, 'code' | 'name'> & { readonly color?: string | null }

/** An attribute before it has an id. */
export type Definition = Omit<Attribute, 'id' | 'version' | 'choices'> & {
  readonly choices: readonly ChoiceInput[]
}

type Setting = 'unit' | 'localized' | 'filterable' | 'minimum' | 'maximum' | 'maxLength' | 'choices'

/** The first setting that an attribute of this kind cannot have, or that no value would fit. */
const wrongSetting = (definition: Definition): Setting | undefined => {
  const { kind, localized, filterable, minimum, maximum, maxLength } = definition
  const isText = kind === 'TEXT' || kind === 'RICH_TEXT'
  const most = kind === 'RICH_TEXT' ? MAX_RICH_TEXT : filterable ? MAX_FILTER_TEXT : MAX_ATTRIBUTE_TEXT
  const isNumber = kind === 'NUMBER'
  const found: Readonly<Record<Setting, boolean>> = {
    unit: definition.unit !== null && !isNumber,
    localized: localized && !isText,
    filterable: filterable && !canFilter(definition),
    minimum: minimum !== null && (!isNumber || !Number.isFinite(minimum)),
    maximum: maximum !== null && (!isNumber || !Number.isFinite(maximum) || maximum < (minimum ?? -Infinity)),
    maxLength: maxLength !== null && (!isText || maxLength < 1 || maxLength > most),
    choices: definition.choices.length > 0 && !hasChoices(kind),
  }
  return (Object.keys(found) as Setting[]).find((setting) => found[setting])
}

const checkChoice = ({ code, name, color }: ChoiceInput, index: number) => {
  const path = ['choices', String(index)]
  const facts = { attribute: code.slice(0, 60).toWellFormed(), kind: 'COLOR', expected: '#rrggbb' }
  return [
    checkSlug(code, [...path, 'code']),
    checkLocalized(name, { max: MAX_NAME, path: [...path, 'name'] }),
    color == null || hexColor(color)
      ? ok(color)
      : ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_VALUE_INVALID', facts, [...path, 'color']),
  ]
}

/** Refuses bad texts, settings that do not go with the kind, and choices with one code. */
export const checkDefinition = (definition: Definition): Result<Definition> => {
  const counted = checkCount(definition.choices, MAX_CHOICES, ['choices'])
  if (!counted.ok) return counted
  const refused = firstRefusal([
    checkSlug(definition.code, ['code']),
    checkLocalized(definition.name, { max: MAX_NAME, path: ['name'] }),
    ...(definition.unit === null ? [] : [checkText(definition.unit, { max: MAX_UNIT, path: ['unit'] })]),
    ...definition.choices.flatMap(checkChoice),
  ])
  if (refused) return refused
  const setting = wrongSetting(definition)
  if (setting)
    return ATTRIBUTE_REFUSALS.refuse('ATTRIBUTE_SETTING_INVALID', { setting, kind: definition.kind }, [
      setting,
    ])
  const codes = new Set<string>()
  for (const [index, { code }] of definition.choices.entries()) {
    if (codes.has(code))
      return CATALOG_REFUSALS.refuse('OPTION_TAKEN', { option: code }, ['choices', String(index), 'code'])
    codes.add(code)
  }
  return ok(definition)
}
