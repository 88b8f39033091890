import type { FieldErrors } from '#lib/api/refusal.ts'
import { explain } from '#lib/api/explain.ts'
import { request } from '#lib/api/request.ts'
import type { Write } from '#lib/api/write.ts'
import type { PromotionDraft } from './draft.ts'
import {
  PromotionSimulate,
  PromotionSimulationCancel,
  ReadSimulation,
  type SimulationData,
} from './simulation-query.ts'

const PAUSE_MS = 400

/** What is tried: this definition, saved or not, over so many days. */
export interface Trial {
  readonly definition: PromotionDraft['definition']
  readonly days: number
}

const isOver = ({ state }: SimulationData): boolean => state !== 'QUEUED' && state !== 'RUNNING'

/** One simulation: asked for, watched while it runs, and its result. */
export class Simulation {
  data = $state.raw<SimulationData>()
  /** What was tried for the result that is shown. */
  of = $state.raw<Trial>()
  errors = $state.raw<FieldErrors>({})
  busy = $state(false)
  #run = 0

  /** Tries a definition; one under way is given up. */
  async start(write: Write, trial: Trial): Promise<void> {
    const run = (this.#run += 1)
    this.errors = {}
    this.data = undefined
    this.of = trial
    this.busy = true
    try {
      const { simulation, userErrors } = await write(PromotionSimulate, trial)
      if (!simulation)
        this.errors = Object.fromEntries(
          userErrors.map(({ path, message }) => [path.includes('days') ? 'days' : '', message]),
        )
      else await this.#follow(simulation.id, run)
    } catch (cause) {
      if (run === this.#run) this.errors = { '': explain(cause) }
    } finally {
      if (run === this.#run) this.busy = false
    }
  }

  async #follow(id: string, run: number): Promise<void> {
    while (run === this.#run) {
      const { node } = await request(fetch, ReadSimulation, { id })
      if (run !== this.#run || node?.__typename !== 'PromotionSimulation') return
      this.data = node
      if (isOver(node)) return
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  /** Stops the one that runs. */
  async cancel(write: Write): Promise<void> {
    const id = this.data?.id
    this.leave()
    this.data = undefined
    if (id) await write(PromotionSimulationCancel, { id }).catch(() => undefined)
  }

  /** The page is left: nobody looks any more. */
  leave(): void {
    this.#run += 1
    this.busy = false
  }
}
