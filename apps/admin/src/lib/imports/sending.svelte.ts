import { SvelteMap } from 'svelte/reactivity'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'

/** Where the file ends on the server now, or why it will not be taken. */
export type Taken = { readonly offset: number } | { readonly problem: string }

/** The other end of an upload in parts; both throw when the connection is cut. */
export interface Line {
  readonly put: (part: Blob, where: { readonly offset: number; readonly isLast: boolean }) => Promise<Taken>
  readonly end: () => Promise<Taken>
}

const PART_BYTES = 4_000_000
/** Cuts in a row after which people are asked. */
const MOST_CUTS = 3

/** A file on its way to its import, a part at a time, from where it was cut. */
export class Sending {
  readonly file: File
  sent = $state(0)
  busy = $state(false)
  problem = $state('')
  readonly #line: Line
  #stopped = false

  constructor(file: File, line: Line) {
    this.file = file
    this.#line = line
  }

  stop(): void {
    this.#stopped = true
  }

  /** Sends what is not there yet; true when all of it is. */
  async run(): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = ''
    this.#stopped = false
    try {
      return await this.#send()
    } finally {
      this.busy = false
    }
  }

  async #send(): Promise<boolean> {
    const { size } = this.file
    let taken: Taken | undefined
    let isOver = false
    for (let cuts = 0; !isOver;) {
      if (this.#stopped) return false
      try {
        taken ??= await this.#line.end()
        if ('problem' in taken || taken.offset > size) break
        this.sent = taken.offset
        const end = Math.min(taken.offset + PART_BYTES, size)
        const isLast = end === size
        taken = await this.#line.put(this.file.slice(taken.offset, end), { offset: taken.offset, isLast })
        isOver = isLast && 'offset' in taken && taken.offset === size
        cuts = 0
      } catch {
        taken = undefined
        cuts += 1
        if (cuts >= MOST_CUTS) return this.#fail(m.imports_cut())
      }
    }
    if (isOver) this.sent = size
    else return this.#fail(taken && 'problem' in taken ? taken.problem : m.imports_other_file())
    return true
  }

  #fail(problem: string): false {
    this.problem = problem
    return false
  }
}

const read = async (response: Response): Promise<Taken> => {
  const offset = response.headers.get('upload-offset')
  if (offset !== null && (response.ok || response.status === 409)) return { offset: Number(offset) }
  const { error } = (await response.json().catch(() => ({}))) as { error?: { message?: string } }
  return { problem: error?.message ?? m.upload_failed() }
}

/** The line to the address that takes the file of an import. */
export const lineTo = (url: string): Line => ({
  put: async (part, { offset, isLast }) =>
    read(
      await fetch(url, {
        method: 'PUT',
        body: part,
        headers: {
          'accept-language': getLocale(),
          'upload-offset': String(offset),
          'upload-complete': isLast ? '?1' : '?0',
        },
      }),
    ),
  end: async () => read(await fetch(url, { method: 'HEAD' })),
})

/** The files of this tab that are on their way, by job: they go on while people look at other pages. */
export const sendings = new SvelteMap<string, Sending>()
