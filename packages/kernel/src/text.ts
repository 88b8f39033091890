/** A text as a database can hold and compare it: NUL and halves of characters become U+FFFD, which nothing else is. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')
