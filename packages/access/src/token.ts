import { createHash, randomBytes } from 'node:crypto'

/** What a token opens. The prefix says it, so that secret scanners find a leaked one. */
const TOKEN_PREFIX = {
  staff: 'hs_',
  customer: 'hc_',
  device: 'hd_',
  apiKey: 'hk_',
  /** What a device signs in with; it opens nothing by itself. */
  credential: 'hdc_',
} as const

/** A kind of token. */
export type TokenKind = keyof typeof TOKEN_PREFIX

const SHAPE = /^(h[scdk]_|hdc_)[\w-]{43}$/

/** A token with a secret of 256 bits that is known already. */
export const tokenOf = (kind: TokenKind, secret: string): string => TOKEN_PREFIX[kind] + secret

/** A new token of 256 random bits; give it to its owner once and keep only its hash. */
export const newToken = (kind: TokenKind): string => tokenOf(kind, randomBytes(32).toString('base64url'))

/** What is stored of a token: SHA-256, which is enough for 256 random bits. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The kind of a well-formed token, or `undefined` for any other text. */
export const tokenKind = (token: string): TokenKind | undefined => {
  const prefix = SHAPE.exec(token)?.[1]
  return (Object.keys(TOKEN_PREFIX) as TokenKind[]).find((kind) => TOKEN_PREFIX[kind] === prefix)
}

/** A token that gets the next access token, and the part of it that its successors share. */
export interface RefreshToken {
  readonly token: string
  /** 128 random bits, known only to who has had a token of the family. */
  readonly family: string
}

const REFRESH_SHAPE = /^hr_([\w-]{22})[\w-]{43}$/

/** The refresh token of a family with this secret. */
export const refreshTokenOf = (family: string, secret: string): string => `hr_${family}${secret}`

/** The first refresh token of a new family. */
export const newRefreshToken = (): RefreshToken => {
  const family = randomBytes(16).toString('base64url')
  return { family, token: refreshTokenOf(family, randomBytes(32).toString('base64url')) }
}

/** The family of a well-formed refresh token, or `undefined` for any other text. */
export const refreshFamily = (token: string): string | undefined => REFRESH_SHAPE.exec(token)?.[1]

/**
 * A token on its way to its owner. As JSON it is null: what is kept for replays, and any log, never holds it, so a
 * credential is shown once and no more.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toJSON(): null {
    return null
  }
}
