/** Something that all windows of this shop remember. Another window's change comes to `onChange`. */
export const remembered = (key: string) => ({
  get: (): string | undefined => localStorage.getItem(key) ?? undefined,
  set: (value: string | undefined): void => {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  },
  onChange: (change: () => void): void =>
    addEventListener('storage', (event) => {
      if (event.key === key) change()
    }),
})

/** What proves a guest's cart, and what proves an order placed with it. */
export const cartToken = remembered('hilo-cart')
export const orderToken = (orderId: string) => remembered(`hilo-${orderId}`)
