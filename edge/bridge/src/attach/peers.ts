/** Another bridge at the same broker, as it last said of itself. */
interface Peer {
  readonly state: 'online' | 'offline'
  /** Starts taking its messages over, when it stays away. */
  readonly timer?: NodeJS.Timeout
}

interface PeerOptions {
  /** The client id of this bridge. */
  readonly self: string
  /** How long another bridge may be away before its messages are taken over, in milliseconds. */
  readonly graceMs: number
  /** Takes the session of another bridge over; the function it gives hands it back. */
  readonly takeOver: (peer: string) => () => void
}

/** The bridges at a broker: who is there, who speaks first, and who steps in for one that is gone. */
export const createPeers = ({ self, graceMs, takeOver }: PeerOptions) => {
  const peers = new Map<string, Peer>()
  const handBacks = new Map<string, () => void>()
  const online = (): string[] =>
    [self, ...[...peers].filter(([, { state }]) => state === 'online').map(([id]) => id)].sort()

  const stepIn = (peer: string) => {
    // One alone steps in: two would push each other out of the session for ever.
    if (online()[0] === self && !handBacks.has(peer)) handBacks.set(peer, takeOver(peer))
  }
  const stepBack = (peer: string) => {
    handBacks.get(peer)?.()
    handBacks.delete(peer)
  }
  const forget = (peer: string) => {
    clearTimeout(peers.get(peer)?.timer)
    peers.delete(peer)
    stepBack(peer)
  }

  return {
    /** Notes what a bridge says of itself; anything but a state means that it is gone for good. */
    heard: (peer: string, state: unknown): void => {
      if (peer === self) return
      forget(peer)
      if (state === 'online') peers.set(peer, { state })
      if (state !== 'offline') return
      const away = () => {
        stepIn(peer)
        // Whoever should step in may be gone as well by then, or lose what it took over.
        peers.set(peer, { state, timer: setTimeout(away, graceMs) })
      }
      peers.set(peer, { state, timer: setTimeout(away, graceMs) })
    },
    /** Forgets that a session is held, so that it is taken over again when its owner stays away. */
    lost: (peer: string): void => void handBacks.delete(peer),
    /** How many bridges speak before this one: 0 for the first. */
    rank: (): number => online().indexOf(self),
    takenOver: (): string[] => [...handBacks.keys()],
    close: (): void => [...peers.keys()].forEach(forget),
  }
}
