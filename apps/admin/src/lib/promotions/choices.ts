import { m } from '#lib/paraglide/messages.js'
import type { Tone } from '#lib/ui/Badge.svelte'
import type { PromotionStatus } from './promotion.ts'

/** What the stages of a promotion are called, and how they look. */
export const PROMOTION_STATUSES: Readonly<
  Record<PromotionStatus, { readonly tone: Tone; readonly text: () => string }>
> = {
  DRAFT: { tone: 'warn', text: m.promotion_status_draft },
  PUBLISHED: { tone: 'good', text: m.promotion_status_published },
  PAUSED: { tone: 'warn', text: m.promotion_status_paused },
  ARCHIVED: { tone: 'neutral', text: m.promotion_status_archived },
}
