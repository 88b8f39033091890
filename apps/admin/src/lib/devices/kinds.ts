import { m } from '#lib/paraglide/messages.js'

const NAMES: Readonly<Record<string, () => string>> = {
  APPLIANCE: m.device_kind_appliance,
  BUTTON: m.device_kind_button,
  KIOSK: m.device_kind_kiosk,
  SPEAKER: m.device_kind_speaker,
  VEHICLE: m.device_kind_vehicle,
  WEARABLE: m.device_kind_wearable,
}

/** Kinds of devices, which promotions look at, in the language of the page. */
export const deviceKindOptions = () =>
  Object.entries(NAMES).map(([value, name]) => ({ value, label: name() }))
