import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { transformSync } from 'esbuild'

/** Node strips types from `.ts` but does not read `.tsx`: esbuild does that here, as it does for the bundle. */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context)
    const source = readFileSync(new URL(url), 'utf8')
    const { code } = transformSync(source, { loader: 'tsx', jsx: 'automatic', format: 'esm' })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
