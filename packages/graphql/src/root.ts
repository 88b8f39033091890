import { builder } from './builder.ts'

builder.queryType({ description: 'Everything that can be read. Nouns; lists are Relay connections.' })
builder.mutationType({ description: 'Everything that can be done: one input, one payload with userErrors.' })
builder.subscriptionType({
  description: 'Everything that can be listened to; `after` resumes from an event id.',
})
