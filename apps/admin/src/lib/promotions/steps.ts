import { m } from '#lib/paraglide/messages.js'
import { PromotionArchive, PromotionPause, PromotionPublish, PromotionResume } from './mutations.ts'

/** What can be done to a promotion as a whole, with the question before and the word after. */
export const STEPS = {
  publish: {
    mutation: PromotionPublish,
    label: m.promotion_publish,
    title: m.promotion_publish_title,
    text: m.promotion_publish_text,
    done: m.promotion_published_done,
  },
  pause: {
    mutation: PromotionPause,
    label: m.promotion_pause,
    title: m.promotion_pause_title,
    text: m.promotion_pause_text,
    done: m.promotion_paused_done,
  },
  resume: {
    mutation: PromotionResume,
    label: m.promotion_resume,
    title: m.promotion_resume_title,
    text: m.promotion_resume_text,
    done: m.promotion_resumed_done,
  },
  archive: {
    mutation: PromotionArchive,
    label: m.promotion_archive,
    title: m.promotion_archive_title,
    text: m.promotion_archive_text,
    done: m.promotion_archived_done,
  },
} as const
