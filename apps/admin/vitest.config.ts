import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: { name: 'admin', include: ['src/**/*.test.ts'], globalSetup: './vitest.setup.js' },
})
