import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Loaded } from '../design/loaded.tsx'
import { useTexts } from '../language/language.tsx'
import { telemetryDays } from './telemetry-period.ts'
import { pluginTelemetryQuery } from './telemetry-queries.ts'
import styles from './telemetry-tables.module.css'
import { TelemetryTables } from './telemetry-tables.tsx'

/** For those who publish a plugin: how it does in the pages of all tenants together. */
export function InPages({ pluginId, days }: { pluginId: string; days: number }) {
  const texts = useTexts().telemetry
  const query = pluginTelemetryQuery(pluginId, telemetryDays(new Date(), days))
  const telemetry = useQuery({ ...query, placeholderData: keepPreviousData })
  return (
    <section aria-labelledby="in-pages" className={styles.tables}>
      <h2 id="in-pages" className={styles.title}>
        {texts.title}
      </h2>
      <p className={styles.soft}>{texts.ofAll}</p>
      <Loaded query={telemetry}>{(answer) => <TelemetryTables telemetry={answer.telemetry} messages={false} />}</Loaded>
    </section>
  )
}
