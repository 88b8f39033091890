/**
 * Runs a write; false when the unique constraint of this name refused it. The transaction is then only good for rolling
 * back, which `command()` does when the use case refuses.
 */
export const onceUnique = async (constraint: string, write: () => Promise<void>): Promise<boolean> => {
  try {
    await write()
    return true
  } catch (error) {
    const violation = error as { readonly code?: string; readonly constraint?: string }
    if (violation.code === '23505' && violation.constraint === constraint) return false
    throw error
  }
}
