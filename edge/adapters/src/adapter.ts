/** A message of MQTT, its payload as text. */
export interface Message {
  readonly topic: string
  readonly payload: string
}

/** For which shop an adapter translates. */
export interface AdapterContext {
  /** Its code, the level after `hilo/v1/`. */
  readonly shop: string
}

/** The words of one ecosystem. Both functions are pure and give no message for what they do not understand. */
export interface Adapter {
  /** Filters of the topics that its devices send on. */
  readonly filters: readonly string[]
  /** From a message of the ecosystem to what devices of Hilo would have sent. */
  readonly toHilo: (message: Message, context: AdapterContext) => readonly Message[]
  /** From what Hilo sends to a device to what the device understands. */
  readonly fromHilo: (message: Message, context: AdapterContext) => readonly Message[]
}
