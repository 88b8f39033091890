import type { Branch } from './category.ts'
import { type Direction, type Placed, placesOf } from './tree.ts'

interface OutlineOptions {
  readonly tree: () => readonly Branch[]
  readonly chosen: () => string | undefined
  readonly onchoose: (id: string) => void
  readonly onmove: (id: string, direction: Direction) => void
}

const MOVES: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
}

/** Which branches of a tree are open and which has the focus, by the keys of the ARIA tree pattern. */
export class Outline {
  /** The one that Tab leads to. */
  focused = $state<string>()
  #closed = $state.raw<ReadonlySet<string>>(new Set())
  readonly #options: OutlineOptions

  constructor(options: OutlineOptions) {
    this.#options = options
  }

  readonly isOpen = (id: string): boolean => !this.#closed.has(id)

  get shown(): readonly Placed[] {
    return placesOf(this.#options.tree(), this.isOpen)
  }

  /** The one that Tab leads to, if it is still shown. */
  get tabStop(): string | undefined {
    const shown = this.shown
    const wanted = this.focused ?? this.#options.chosen()
    return (shown.find(({ branch }) => branch.id === wanted) ?? shown[0])?.branch.id
  }

  toggle(id: string, open = !this.isOpen(id)): void {
    const closed = new Set(this.#closed)
    if (open) closed.delete(id)
    else closed.add(id)
    this.#closed = closed
  }

  /** Opens everything above a category and gives it the focus. */
  reveal(id: string): void {
    const places = placesOf(this.#options.tree())
    const parentOf = (child: string) => places.find(({ branch }) => branch.id === child)?.parent
    for (let above = parentOf(id); above; above = parentOf(above.id)) this.toggle(above.id, true)
    this.focused = id
  }

  /** Does what a key means for the category that has the focus; true when it means something. */
  press({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, id: string): boolean {
    if (ctrlKey || metaKey) return false
    const move = MOVES[key]
    if (altKey) {
      if (move) this.#options.onmove(id, move)
      return move !== undefined
    }
    const shown = this.shown
    const index = shown.findIndex(({ branch }) => branch.id === id)
    const here = shown[index]
    if (!here) return false
    const go = (place: Placed | undefined): true => {
      if (place) this.focused = place.branch.id
      return true
    }
    const hasChildren = here.branch.children.length > 0
    if (key === 'ArrowDown') return go(shown[index + 1])
    if (key === 'ArrowUp') return go(shown[index - 1])
    if (key === 'Home') return go(shown[0])
    if (key === 'End') return go(shown.at(-1))
    if (key === 'ArrowRight') {
      if (hasChildren && this.isOpen(id)) return go(shown[index + 1])
      this.toggle(id, true)
      return true
    }
    if (key === 'ArrowLeft') {
      if (hasChildren && this.isOpen(id)) this.toggle(id, false)
      else go(shown.find(({ branch }) => branch.id === here.parent?.id))
      return true
    }
    if (key === 'Enter' || key === ' ') {
      this.#options.onchoose(id)
      return true
    }
    if (key.length !== 1) return false
    const letter = key.toLocaleLowerCase()
    const behind = [...shown.slice(index + 1), ...shown.slice(0, index)]
    return go(behind.find(({ branch }) => branch.name.toLocaleLowerCase().startsWith(letter)))
  }
}
