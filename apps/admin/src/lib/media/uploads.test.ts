import { expect, it } from 'vitest'
import { readAnswer } from './send-file.ts'
import { inWords } from './size.ts'
import { type Sent, Uploads } from './uploads.svelte.ts'

const fileOf = (name: string): File => new File(['bytes'], name)

interface Sending {
  readonly name: string
  readonly answer: (sent: Sent) => void
  readonly tell: (bytes: number) => void
}

/** A line to a server that answers when the test says so. */
const line = () => {
  const open: Sending[] = []
  const send = (file: File, tell: (bytes: number) => void): Promise<Sent> =>
    new Promise((answer) => open.push({ name: file.name, answer, tell }))
  return { open, send }
}

/** Until everything that follows from an answer has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

it('sends two files at once, and the next when one has gone', async () => {
  const { open, send } = line()
  const done: string[] = []
  const uploads = new Uploads(send, (id) => done.push(id))
  uploads.add([fileOf('a.jpg'), fileOf('b.jpg'), fileOf('c.jpg')])
  expect(open.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg'])
  open[0]!.tell(3)
  expect(uploads.list[0]!.sent).toBe(3)
  open[0]!.answer({ assetId: 'asset_a', isNew: true })
  await settled()
  expect(open.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  expect(uploads.list.map(({ state }) => state)).toEqual(['done', 'sending', 'sending'])
  expect(done).toEqual(['asset_a'])
  expect(uploads.isBusy).toBe(true)
})

it('keeps what was refused in sight, with its sentence, when more is added', async () => {
  const { open, send } = line()
  const uploads = new Uploads(send, () => {})
  uploads.add([fileOf('a.jpg'), fileOf('b.jpg')])
  open[0]!.answer({ problem: 'This is no picture.' })
  open[1]!.answer({ assetId: 'asset_b', isNew: false })
  await settled()
  expect(uploads.isBusy).toBe(false)
  expect(uploads.list[1]!.isKnown).toBe(true)
  uploads.add([fileOf('c.jpg')])
  expect(uploads.list.map(({ file, problem }) => [file.name, problem])).toEqual([
    ['a.jpg', 'This is no picture.'],
    ['c.jpg', ''],
  ])
})

it('says a limit in units that people use', () => {
  expect(inWords(0)).toMatch(/^0 b/)
  expect(inWords(999_999)).toMatch(/^1 MB/)
  expect(inWords(1_430_000)).toMatch(/^1[.,]4 MB/)
  expect(
    readAnswer({ error: { code: 'UPLOAD_TOO_LARGE', message: '20000000', data: { max: 20_000_000 } } }),
  ).toEqual({
    problem: expect.stringContaining('20 MB') as string,
  })
})
