const read = (): readonly string[] => location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)

/** Where the shopper is: `#/product/espresso` is `['product', 'espresso']`. */
export const route = $state({ parts: read() })

addEventListener('hashchange', () => {
  route.parts = read()
})

/** Goes somewhere. */
export const go = (...parts: readonly string[]): void => {
  location.hash = `/${parts.map(encodeURIComponent).join('/')}`
}
