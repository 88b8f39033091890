import { Tokenizer } from 'htmlparser2'

/** Elements that begin a line and end one. */
const BLOCKS = new Set(
  (
    'address article aside blockquote br caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
)

/** Elements of which nothing is read. */
const UNREAD = new Set('iframe noembed noframes script style title'.split(' '))

const ignore = () => undefined

/**
 * What a browser would show of some HTML, as text: paragraphs, list items and rows are lines, entities are characters,
 * and scripts and styles are gone. Text without any tag keeps its lines. Takes time in proportion to its length.
 */
export const plainText = (html: string): string => {
  const lines: string[] = []
  let pieces: string[] = []
  let unread: string | undefined
  const endLine = (): void => {
    // oxlint-disable-next-line no-control-regex
    const visible = pieces.join('').replaceAll(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '')
    const line = visible.replaceAll(/\s+/g, ' ').trim()
    if (line !== '') lines.push(line)
    pieces = []
  }
  const tag = (name: string): void => {
    if (BLOCKS.has(name)) endLine()
    else if (name === 'td' || name === 'th') pieces.push(' ')
  }
  const nameAt = (start: number, end: number): string => html.slice(start, end).toLowerCase()
  const keepsLines = !/<[a-z/!]/i.test(html)
  const say = (text: string): void => {
    if (unread !== undefined) return
    const [first = '', ...others] = keepsLines ? text.split('\n') : [text]
    pieces.push(first)
    for (const other of others) {
      endLine()
      pieces.push(other)
    }
  }
  // A tokenizer, not a parser: it holds no open elements, of which there could be a million.
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => say(html.slice(start, end)),
      ontextentity: (codepoint) => say(String.fromCodePoint(codepoint)),
      onopentagname: (start, end) => {
        const name = nameAt(start, end)
        if (UNREAD.has(name)) unread ??= name
        else tag(name)
      },
      onclosetag: (start, end) => {
        const name = nameAt(start, end)
        if (name === unread) unread = undefined
        else tag(name)
      },
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onopentagend: ignore,
      onprocessinginstruction: ignore,
      onselfclosingtag: ignore,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  endLine()
  return lines.join('\n')
}
