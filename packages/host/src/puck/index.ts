export { type MigratedProps, migrateProps } from './migrate-props.ts'
export { migratePageData } from './page-data.ts'
export { type PuckConfigOptions, usePuckConfig } from './use-puck-config.ts'
