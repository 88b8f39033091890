import type { FieldErrors } from '#lib/api/refusal.ts'
import { localeInSentence } from '#lib/editing/locale-name.ts'
import { type Texts, textInput, textsOf } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import type { AssetData } from './asset.ts'
import type { Focal } from './focal.ts'

/** An asset as it is edited. */
export type AssetDraft = {
  fileName: string
  alt: Texts
  /** In percent; the middle of what is no picture. */
  focal: Focal
}

/** What the editor starts from. */
export const draftOf = ({ fileName, altTexts, focalPoint }: AssetData): AssetDraft => ({
  fileName,
  alt: textsOf(altTexts),
  focal: {
    x: Math.round((focalPoint?.x ?? 0.5) * 100),
    y: Math.round((focalPoint?.y ?? 0.5) * 100),
  },
})

/** What a mutation takes of a draft; the focal point only of a picture. */
export const termsOf = ({ fileName, alt, focal }: AssetDraft, kind: AssetData['kind']) => ({
  fileName: fileName.trim(),
  alt: textInput(alt),
  ...(kind === 'IMAGE' && { focalPoint: { x: focal.x / 100, y: focal.y / 100 } }),
})

/** What stands in the way of saving, by field. */
export const problemsOf = ({ fileName }: AssetDraft): FieldErrors =>
  fileName.trim() ? {} : { fileName: m.required_field() }

/** What people call a field of the draft. */
export const assetFieldName = ([field = '', part = '']: readonly string[]): string => {
  if (field === 'alt') return `${m.media_alt()}${part ? ` (${localeInSentence(part)})` : ''}`
  return field === 'focal' ? m.media_focal() : m.media_file_name()
}
