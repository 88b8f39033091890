import { defineEnvVars } from '@sveltejs/kit/env'
import * as v from 'valibot'

export const variables = defineEnvVars({
  API_URL: {
    description: 'Where the API is when the admin runs as a process of its own, such as http://api:4000.',
    schema: v.optional(v.pipe(v.string(), v.url()), 'http://localhost:4000'),
  },
})
