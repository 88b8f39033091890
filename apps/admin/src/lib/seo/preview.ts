/** About where search engines cut a title and a description, in characters. */
const TITLE = 60
const DESCRIPTION = 160

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text
  const end = text.lastIndexOf(' ', most)
  return `${text.slice(0, end > most / 2 ? end : most).trimEnd()}…`
}

/** What a page of results shows of a page, and whether some of it is cut. */
export const previewOf = (said: { readonly title: string; readonly description: string }) => {
  const [title, description] = [said.title, said.description].map((text) =>
    text.replaceAll(/\s+/g, ' ').trim(),
  )
  return {
    title: cut(title!, TITLE),
    description: cut(description!, DESCRIPTION),
    isCut: title!.length > TITLE || description!.length > DESCRIPTION,
  }
}
