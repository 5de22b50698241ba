import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` finds a registry while pages are being worked on. */
const registry = process.env.PLEXICA_REGISTRY ?? 'http://127.0.0.1:4873'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Browsers that know `light-dark()`: it stays as it is written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that every page needs is one file, and what several pages share another: each file is a request.
            { name: 'first', tags: ['$initial'], priority: 1 },
            { name: 'shared', minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': registry, '/plugins/bundles': registry } },
})
