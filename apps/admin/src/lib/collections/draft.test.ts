import { describe, expect, it } from 'vitest'
import { type CollectionDraft, publicationChanges, ruleRefusals, termsOf } from './draft.ts'

const base: CollectionDraft = {
  name: { en: 'Winter', es: '' },
  description: { en: '', es: '' },
  slug: 'winter',
  seo: {
    title: { en: '', es: '' },
    description: { en: '', es: '' },
    noIndex: false,
    canonicalUrl: '',
    imageUrl: '',
  },
  isByRule: true,
  rule: [{ mode: 'all', nodes: [{ field: 'createdWithinDays', value: 30 }] }],
  publications: {
    web: { on: true, from: '', until: '' },
    app: { on: false, from: '', until: '' },
    store: { on: true, from: '', until: '' },
  },
}

describe('a draft of a collection', () => {
  it('sends the rule only when it says something else', () => {
    expect(termsOf(base, base)).not.toHaveProperty('rule')
    expect(termsOf({ ...base, isByRule: false }, base).rule).toBeNull()
    const rule = [{ mode: 'any' as const, nodes: base.rule[0]!.nodes }]
    expect(termsOf({ ...base, rule }, base).rule).toEqual({ any: [{ createdWithinDays: 30 }] })
  })

  it('publishes in one go in the channels that get the same times', () => {
    const evening = { on: true, from: '2026-12-01T18:00', until: '' }
    const publications = { web: evening, app: evening, store: { on: false, from: '', until: '' } }
    expect(publicationChanges({ ...base, publications }, base)).toEqual([
      { ...evening, channelIds: ['web', 'app'] },
      { on: false, from: '', until: '', channelIds: ['store'] },
    ])
    expect(publicationChanges(base, base)).toEqual([])
  })

  it('puts a refusal at the part of the rule that it is about', () => {
    const path = ['input', 'rule', 'all', '1', 'attribute', 'in', '0']
    expect(ruleRefusals([{ code: 'RULE_INVALID', message: 'no', path } as never])).toEqual({ 'rule.1': 'no' })
    expect(ruleRefusals([{ code: 'RULE_INVALID', message: 'no', path: ['rule'] } as never])).toEqual({
      rule: 'no',
    })
  })
})
