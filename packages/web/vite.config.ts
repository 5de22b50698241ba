import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` finds a registry while pages are being worked on. */
const registry = process.env.PLEXICA_REGISTRY ?? 'http://127.0.0.1:4873'

export default defineConfig({
  plugins: [react()],
  // Browsers that know `light-dark()`: it stays as it is written.
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    // The second page is the frame in which the desk renders what nobody has approved yet.
    rolldownOptions: { input: ['index.html', 'preview.html'] },
  },
  server: { proxy: { '/api': registry, '/plugins/bundles': registry } },
})
