import type { PluginTelemetry } from '@plexica/api'
import { type Column, DataTable } from '../design/data-table.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './telemetry-tables.module.css'

type Failure = PluginTelemetry & { readonly error: PluginTelemetry['errors'][number] }

/** How long a plugin takes and how often it fails, by version; two variants of its configuration beside each other. */
export function TelemetryTables({
  telemetry,
  messages,
}: {
  telemetry: readonly PluginTelemetry[]
  /** Whether the messages of errors are there to be read. */
  messages: boolean
}) {
  const texts = useTexts().telemetry
  const { number, milliseconds } = useFormat()
  const hasVariants = telemetry.some(({ variant }) => variant === 'b')
  if (telemetry.length === 0) return <p className={styles.soft}>{texts.nothing}</p>
  const named: readonly Column<PluginTelemetry>[] = [
    { title: texts.version, cell: ({ version }) => version },
    ...(hasVariants ? [{ title: texts.variant, cell: ({ variant }: PluginTelemetry) => texts.variants[variant] }] : []),
  ]
  const time = (value: number | null) => (value === null ? texts.none : milliseconds(value))
  const failures = telemetry.flatMap((one) => one.errors.map((error): Failure => ({ ...one, error })))
  return (
    <div className={styles.tables}>
      <h3 className={styles.heading}>{texts.times}</h3>
      <DataTable
        label={texts.times}
        columns={[
          ...named,
          { title: texts.loads, number: true, cell: ({ load }) => number(load.count) },
          { title: texts.loadHalf, number: true, cell: ({ load }) => time(load.p50) },
          { title: texts.loadMost, number: true, cell: ({ load }) => time(load.p95) },
          { title: texts.renders, number: true, cell: ({ render }) => number(render.count) },
          { title: texts.renderHalf, number: true, cell: ({ render }) => time(render.p50) },
          { title: texts.renderMost, number: true, cell: ({ render }) => time(render.p95) },
          {
            title: texts.failures,
            number: true,
            cell: ({ errors }) => number(errors.reduce((sum, { count }) => sum + count, 0)),
          },
        ]}
        rows={telemetry}
        keyOf={({ version, variant }) => `${version} ${variant}`}
      />
      <p className={styles.soft}>{texts.explained}</p>
      {failures.length > 0 && (
        <>
          <h3 className={styles.heading}>{texts.errors}</h3>
          <DataTable
            label={texts.errors}
            columns={[
              ...named,
              { title: texts.code, cell: ({ error }: Failure) => <code>{error.code}</code> },
              { title: texts.component, cell: ({ error }: Failure) => <bdi>{error.component ?? texts.none}</bdi> },
              { title: texts.count, number: true, cell: ({ error }: Failure) => number(error.count) },
              ...(messages ? [{ title: texts.message, cell: ({ error }: Failure) => <bdi>{error.message}</bdi> }] : []),
            ]}
            rows={failures}
            keyOf={({ version, variant, error }) => `${version} ${variant} ${error.code} ${error.component}`}
          />
        </>
      )}
    </div>
  )
}
