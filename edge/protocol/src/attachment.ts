/** A message from a device, as it came. */
export interface DeviceMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  /** Set when the message was published as retained, or is a retained one sent again by a broker. */
  readonly retain: boolean
  /** Where an MQTT 5 client wants the answer, already checked to stand below the device's own id. */
  readonly answerTo?: AnswerTo
}

/** A response topic of MQTT 5 with its correlation data. */
export interface AnswerTo {
  readonly topic: string
  readonly correlation?: Uint8Array
}

/** How a message goes out. */
export interface PublishOptions {
  readonly qos: 0 | 1
  readonly retain: boolean
  /** Correlation data of MQTT 5; dropped where the broker speaks 3.1.1. */
  readonly correlation?: Uint8Array
  /** Every bridge at this broker says the same: it is enough that one does. */
  readonly shared?: boolean
}

/** How the bridge is joined to a broker: the built-in one, or one that the site already has. */
export interface Attachment {
  /** True when the broker proves that a device's topics are written by that device alone. */
  readonly provesSender: boolean
  /** Resolves when the broker has taken the message; with QoS 1 or retained, when it would survive a restart. */
  publish(topic: string, payload: Uint8Array, options: PublishOptions): Promise<void>
  /**
   * Hands over every message that devices send. The device gets its acknowledgement only after the promise resolves;
   * when it rejects, the device gets none and sends again.
   */
  onMessage(handler: (message: DeviceMessage) => Promise<void>): void
  /** Ends the connection of a device at once; `forget` also drops its session and what is queued for it. */
  disconnect(deviceId: string, options: { readonly forget: boolean }): Promise<void>
}
