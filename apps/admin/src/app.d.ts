import type { Theme } from '#lib/shell/theme.ts'
import type { Locale } from '#lib/paraglide/runtime.js'

declare global {
  namespace App {
    interface Locals {
      locale: Locale
      theme: Theme
      timeZone: string
    }
  }
}
