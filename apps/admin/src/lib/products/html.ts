interface Range {
  readonly from: number
  readonly to: number
}

/** HTML with a part of it put into an element; list entries get their list around them when they stand alone. */
export const wrapped = (html: string, { from, to }: Range, tag: string) => {
  const inner = html.slice(from, to)
  const element =
    tag === 'li'
      ? `<ul>${(inner || ' ')
          .split('\n')
          .map((line) => `<li>${line.trim()}</li>`)
          .join('')}</ul>`
      : `<${tag}>${inner}</${tag}>`
  return { text: html.slice(0, from) + element + html.slice(to) }
}
