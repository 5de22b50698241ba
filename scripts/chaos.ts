// `pnpm chaos` kills a registry that runs alone, `pnpm chaos --cluster` three of them that share database and bucket.
await import(process.argv.includes('--cluster') ? './chaos-cluster.ts' : './chaos-alone.ts')

export {}
