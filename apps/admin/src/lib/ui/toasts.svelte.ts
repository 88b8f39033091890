/** A short message that goes away by itself. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'good' | 'bad'
}

const STAYS_MS = 5_000

/** The messages of a tab, newest last. */
export class Toasts {
  list = $state<readonly Toast[]>([])
  #next = 0

  good(text: string): void {
    this.#show(text, 'good')
  }

  bad(text: string): void {
    this.#show(text, 'bad')
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  #show(text: string, tone: Toast['tone']): void {
    const id = this.#next++
    this.list = [...this.list, { id, text, tone }]
    setTimeout(() => this.dismiss(id), STAYS_MS)
  }
}
