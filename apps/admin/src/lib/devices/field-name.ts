import { m } from '#lib/paraglide/messages.js'

const FIELDS: Readonly<Record<string, () => string>> = {
  name: m.device_name,
  test: m.device_test,
  maxOrder: m.device_max_order,
  maxDay: m.device_max_day,
  maxQuantity: m.device_max_quantity,
  cancelWindowMinutes: m.device_cancel_window,
}

/** What people call a field of the device's draft. */
export const deviceFieldName = ([field = '']: readonly string[]): string => FIELDS[field]?.() ?? field
