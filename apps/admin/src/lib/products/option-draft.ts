import type { FieldErrors } from '#lib/api/refusal.ts'
import { hasText, type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import { slugOf } from './problems.ts'
import type { ProductData } from './product.ts'

/** A value of an option while it is edited. */
export type OptionValueDraft = {
  /** Empty for a new one. */
  id: string
  code: string
  name: Texts
}

/** An option while it is edited. */
export type OptionDraft = { code: string; name: Texts; values: OptionValueDraft[] }

/** What the dialog begins with. */
export const optionDraftOf = (option: ProductData['options'][number] | undefined): OptionDraft => ({
  code: option?.code ?? '',
  name: option ? textsOf(option.nameTexts) : {},
  values: (option?.values ?? []).map(({ id, code, nameTexts }) => ({ id, code, name: textsOf(nameTexts) })),
})

/** New values out of a line of names, apart by commas: those that are there already are left out. */
export const withNamedValues = (
  values: readonly OptionValueDraft[],
  line: string,
  locale: string,
): OptionValueDraft[] => {
  const codes = new Set(values.map(({ code }) => code))
  const named = line
    .split(/[,;\n]/)
    .map((name) => ({ name: name.trim(), code: slugOf(name) }))
    .filter(({ code }) => code && !codes.has(code) && codes.add(code))
  return [...values, ...named.map(({ name, code }) => ({ id: '', code, name: { [locale]: name } }))]
}

/** What a mutation takes of the dialog. */
export const optionInput = ({ code, name, values }: OptionDraft) => ({
  code: code.trim(),
  name: textInput(name),
  values: values.map((value) => ({
    ...(value.id ? { id: value.id } : {}),
    code: value.code.trim(),
    name: textInput(value.name),
  })),
})

/** What is wrong with a value, at its name: its code follows the name and has no field. */
export const valueErrors = (errors: FieldErrors, index: number): FieldErrors => {
  const code = errors[`values.${index}.code`]
  return code ? { [`values.${index}.name`]: code, ...errors } : errors
}

/** What stands in the way of saving, by field. */
export const optionProblems = ({ code, name, values }: OptionDraft): FieldErrors => ({
  ...(code.trim() ? {} : { code: m.required_field() }),
  ...(hasText(name) ? {} : { name: m.required_field() }),
  ...(values.length > 0 ? {} : { values: m.option_values_needed() }),
  ...Object.fromEntries(
    values.flatMap((value, index) =>
      hasText(value.name) ? [] : [[`values.${index}.name`, m.required_field()]],
    ),
  ),
})
