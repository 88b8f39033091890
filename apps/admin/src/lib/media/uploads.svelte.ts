import { explain } from '#lib/api/explain.ts'

/** What became of a file that was sent. */
export type Sent = { readonly assetId: string; readonly isNew: boolean } | { readonly problem: string }

/** Sends one file; says on the way how many bytes have gone. */
export type Send = (file: File, onsent: (bytes: number) => void) => Promise<Sent>

/** A file on its way into the library. */
export class Upload {
  readonly id: number
  readonly file: File
  sent = $state(0)
  state = $state<'waiting' | 'sending' | 'done' | 'refused'>('waiting')
  problem = $state('')
  /** The same bytes were there already. */
  isKnown = $state(false)

  constructor(id: number, file: File) {
    this.id = id
    this.file = file
  }

  get isOver(): boolean {
    return this.state === 'done' || this.state === 'refused'
  }
}

/** Files sent at once: more would only share the line. */
const AT_ONCE = 2

/** The files of a page that are on their way, a few at a time. */
export class Uploads {
  list = $state.raw<readonly Upload[]>([])
  readonly #send: Send
  readonly #ondone: (assetId: string) => unknown
  #next = 0
  #running = 0

  constructor(send: Send, ondone: (assetId: string) => unknown) {
    this.#send = send
    this.#ondone = ondone
  }

  get isBusy(): boolean {
    return this.list.some(({ isOver }) => !isOver)
  }

  add(files: Iterable<File>): void {
    const added = Array.from(files, (file) => new Upload(this.#next++, file))
    this.list = [...this.list.filter(({ state }) => state !== 'done'), ...added]
    this.#go()
  }

  /** Takes what is over out of sight. */
  clear(): void {
    this.list = this.list.filter(({ isOver }) => !isOver)
  }

  #go(): void {
    while (this.#running < AT_ONCE) {
      const next = this.list.find(({ state }) => state === 'waiting')
      if (!next) return
      this.#running += 1
      next.state = 'sending'
      void this.#run(next).finally(() => {
        this.#running -= 1
        this.#go()
      })
    }
  }

  async #run(upload: Upload): Promise<void> {
    let sent: Sent
    try {
      sent = await this.#send(upload.file, (bytes) => (upload.sent = bytes))
    } catch (cause) {
      sent = { problem: explain(cause) }
    }
    if ('problem' in sent) {
      upload.problem = sent.problem
      upload.state = 'refused'
      return
    }
    upload.isKnown = !sent.isNew
    upload.sent = upload.file.size
    upload.state = 'done'
    await this.#ondone(sent.assetId)
  }
}
