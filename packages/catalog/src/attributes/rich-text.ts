import sanitizeHtml from 'sanitize-html'

const BLOCKS = ['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'li']
const WORDS = ['strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'code', 'a', 'span']
const TABLES = ['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td']

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [...BLOCKS, ...WORDS, ...TABLES],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    '*': ['lang', 'dir'],
  },
  allowedSchemes: ['https', 'http', 'mailto', 'tel'],
  allowProtocolRelative: false,
  nestingLimit: 30,
}

/**
 * HTML with nothing in it but structure: headings from the second level, paragraphs, lists, tables, emphasis and links to
 * `https`, `http`, `mailto`, `tel` or a path. Everything else (scripts, styles, handlers, pictures) is taken out.
 */
export const soundHtml = (html: string): string => sanitizeHtml(html, ALLOWED)
