import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { buildFolder, fingerprint } from './freshness.ts'

const api = process.env['API_URL'] ?? 'http://localhost:4000'
const sources = fingerprint()

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: buildFolder(sources) }),
      paths: { base: '/admin', relative: false },
      version: { name: sources },
      compilerOptions: { runes: true },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // Floating menus and the chart place things with style attributes; no attribute can run code.
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'https:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: { rolldownOptions: { checks: { pluginTimings: false } } },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/assets': { target: api }, '/bulk': { target: api } },
  },
})
