import { explain } from '#lib/api/explain.ts'
import { fieldErrors, type FieldErrors, type Refusal } from '#lib/api/refusal.ts'

/** What a form sends, one at a time, and what is wrong with it, by field. */
export class Submission {
  errors = $state.raw<FieldErrors>({})
  busy = $state(false)

  /**
   * Sends a change unless there are problems already, and answers its payload when nothing of it was refused. Refusals
   * stand at their fields.
   */
  async send<Payload extends { readonly userErrors: readonly Refusal[] }>(
    change: () => Promise<Payload>,
    problems: FieldErrors = {},
  ): Promise<Payload | undefined> {
    this.errors = problems
    if (this.busy || Object.keys(problems).length > 0) return undefined
    this.busy = true
    try {
      const payload = await change()
      this.errors = fieldErrors(payload.userErrors)
      return payload.userErrors.length > 0 ? undefined : payload
    } catch (cause) {
      this.errors = { '': explain(cause) }
      return undefined
    } finally {
      this.busy = false
    }
  }

  /** What is wrong beside these fields and what is in them: no field of the form says it. */
  beside(fields: readonly string[]): string[] {
    const isShown = (name: string): boolean =>
      fields.some((field) => name === field || name.startsWith(`${field}.`))
    return Object.entries(this.errors)
      .filter(([name]) => !isShown(name))
      .map(([, message]) => message)
  }
}
