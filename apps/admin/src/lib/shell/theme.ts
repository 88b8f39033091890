/** How the admin looks; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const

/** How the admin looks. */
export type Theme = (typeof THEMES)[number]

/** The theme of a cookie or form value. */
export const themeOf = (value: unknown): Theme => THEMES.find((theme) => theme === value) ?? 'system'
