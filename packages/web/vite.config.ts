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
            { name: 'first', tags: ['$initial'], priority: 3 },
            // Menus and dialogs come with the pages that have some; what they are made of, also with those that have none.
            {
              name: 'primitives',
              test: /@radix-ui[\\/](primitive|react-(tabs|slot|primitive|context|compose-refs|id|use-|collection|direction|presence|roving-focus))/,
              priority: 2,
            },
            {
              name: 'overlays',
              test: /@radix-ui[\\/]react-(menu|dropdown|popper|dialog|focus|dismissable)|@floating-ui|remove-scroll|aria-hidden|use-sidecar|src[\\/]design[\\/](dialog|confirm-dialog|menu)\./,
              priority: 1,
            },
            { name: 'shared', minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': registry, '/plugins/bundles': registry } },
})
