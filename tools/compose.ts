import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A service of the compose file, as far as we look at it. */
export interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly healthcheck: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly restart: string
  readonly read_only?: boolean
  readonly deploy?: {
    readonly resources: { readonly limits: { readonly memory: string; readonly cpus: string } }
  }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes?: readonly string[]
}

/** The compose file with its anchors and merges resolved. */
export interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** Reads `docker-compose.yml`; variables with a default get it. */
export const readCompose = (): Compose => {
  const text = readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8')
  return parse(text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'), { merge: true }) as Compose
}
