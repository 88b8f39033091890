import { describe, expect, it } from 'vitest'
import { Editor } from './editor.svelte.ts'

const refusal = (code: string) => ({
  __typename: 'PlainError' as const,
  code,
  message: `${code}!`,
  path: ['name'],
})
const accepted = { userErrors: [], errors: {} }

describe('editor', () => {
  it('is clean until something differs from what is saved', () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    expect(editor.isDirty).toBe(false)
    editor.draft.name = 'Green tea'
    expect(editor.changes).toBe(1)
    editor.draft.name = 'Tea'
    expect(editor.isDirty).toBe(false)
  })

  it('saves, and is clean when what is saved comes back', async () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.name = 'Green tea'
    const done = await editor.save([async () => accepted], async () =>
      editor.take({ name: 'Green tea', price: '10' }),
    )
    expect(done).toBe(true)
    expect(editor.isDirty).toBe(false)
    expect(editor.merged).toBe(false)
  })

  it('keeps what was refused and shows why', async () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.name = ''
    editor.draft.price = '12'
    const done = await editor.save(
      [
        async () => ({ userErrors: [refusal('TEXT_MISSING')], errors: { name: 'Empty!' } }),
        async () => accepted,
      ],
      async () => editor.take({ name: 'Tea', price: '12' }),
    )
    expect(done).toBe(false)
    expect(editor.errors).toEqual({ name: 'Empty!' })
    expect(editor.snapshot).toEqual({ name: '', price: '12' })
    expect(editor.changes).toBe(1)
  })

  it('stops at a version conflict, takes in their changes and keeps mine to be saved again', async () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.name = 'Green tea'
    let ran = 0
    const conflict = async () => ({ userErrors: [refusal('VERSION_CONFLICT')], errors: { '': 'conflict' } })
    const done = await editor.save([conflict, async () => ((ran += 1), accepted)], async () =>
      editor.take({ name: 'Tea', price: '11' }),
    )
    expect(done).toBe(false)
    expect(ran).toBe(0)
    expect(editor.merged).toBe(true)
    expect(editor.overlaps).toEqual([])
    expect(editor.snapshot).toEqual({ name: 'Green tea', price: '11' })
  })

  it('lets people choose theirs where both changed the same', () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.name = 'Green tea'
    editor.take({ name: 'Black tea', price: '10' })
    expect(editor.overlaps).toEqual([{ path: ['name'], theirs: 'Black tea' }])
    expect(editor.draft.name).toBe('Green tea')
    editor.useTheirs()
    expect(editor.draft.name).toBe('Black tea')
    expect(editor.isDirty).toBe(false)
    expect(editor.merged).toBe(false)
  })

  it('takes in changes in silence while nobody edits here', () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.take({ name: 'Black tea', price: '10' })
    expect(editor.merged).toBe(false)
    expect(editor.draft.name).toBe('Black tea')
  })

  it('shows what was sent as it is saved, and keeps what was typed since', () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.price = '10,50'
    const sent = editor.snapshot
    editor.draft.name = 'Green tea'
    editor.take({ name: 'Tea', price: '10.50' })
    editor.adopt(sent)
    expect(editor.snapshot).toEqual({ name: 'Green tea', price: '10.50' })
    expect(editor.changes).toBe(1)
  })

  it('gives up my changes', () => {
    const editor = new Editor({ name: 'Tea', price: '10' })
    editor.draft.price = '99'
    editor.discard()
    expect(editor.snapshot).toEqual({ name: 'Tea', price: '10' })
  })
})
