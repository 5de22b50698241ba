import type { AuditOutcome, AuditRow } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import type { Tone } from '../design/notice.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './audit-page.module.css'

const tones: Record<AuditOutcome, Tone> = { done: 'good', refused: 'warn', failed: 'bad' }

export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const texts = useTexts().audit
  const format = useFormat()
  const columns: Column<AuditRow>[] = [
    { title: texts.number, number: true, cell: ({ number }) => format.number(number) },
    {
      title: texts.at,
      cell: ({ at }) => (
        <time dateTime={at} className={styles.when}>
          {format.time(at)}
        </time>
      ),
    },
    {
      title: texts.fields.actor,
      cell: ({ actor, role }) => (
        <div className={styles.words}>
          {actor}
          {role && <span className={styles.soft}>{role}</span>}
        </div>
      ),
    },
    {
      title: texts.fields.operation,
      cell: ({ operation, calls }) => (
        <>
          <code>{operation}</code>
          {calls > 1 && <span className={styles.soft}>{texts.calls(calls)}</span>}
        </>
      ),
    },
    { title: texts.about, cell: (row) => <About row={row} /> },
    {
      title: texts.outcome,
      cell: ({ outcome, status, code }) => (
        <>
          <Badge tone={tones[outcome]}>{texts.outcomes[outcome]}</Badge>
          <span className={styles.soft}>{code ?? status}</span>
        </>
      ),
    },
    { title: texts.more, cell: (row) => <More row={row} /> },
  ]
  return <DataTable label={texts.title} columns={columns} rows={rows} keyOf={({ number }) => number} />
}

function About({ row: { pluginId, version, tenantId } }: { row: AuditRow }) {
  const texts = useTexts().audit
  return (
    <div className={styles.about}>
      {pluginId && (
        <span>
          {pluginId}
          {version && ` ${version}`}
        </span>
      )}
      {tenantId && <span className={styles.soft}>{texts.ofTenant(tenantId)}</span>}
    </div>
  )
}

function More({ row }: { row: AuditRow }) {
  const texts = useTexts().audit
  const { requestId, keyId, address, actorTenantId, params, hash } = row
  const facts: [string, string | null][] = [
    ...Object.entries(params),
    [texts.request, requestId],
    [texts.key, keyId],
    [texts.address, address],
    [texts.actorTenant, actorTenantId],
    [texts.hash, hash],
  ]
  return (
    <details className={styles.more}>
      <summary>
        {texts.details}
        <span className="visually-hidden"> {row.number}</span>
      </summary>
      <dl className={styles.facts}>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ),
        )}
      </dl>
    </details>
  )
}
