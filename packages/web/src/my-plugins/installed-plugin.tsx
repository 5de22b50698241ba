import type { Installation, InstallationUpdate } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { Badge } from '../design/badge.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { pluginQuery } from '../installations/installation-queries.ts'
import { useTexts } from '../language/language.tsx'
import styles from './my-plugins.module.css'
import { PluginActions } from './plugin-actions.tsx'
import type { PluginTask } from './plugin-dialog.tsx'

/** One of the tenant's plugins in the list. */
export function InstalledPlugin({
  installation,
  update,
  onTask,
}: {
  installation: Installation
  update: InstallationUpdate | undefined
  onTask: (task: PluginTask) => void
}) {
  const texts = useTexts().myPlugins
  const { pluginId, name, version } = installation
  const plugin = useQuery(pluginQuery(pluginId))
  return (
    <article className={styles.plugin}>
      <PluginIcon id={pluginId} name={name} icon={plugin.data?.icon ?? null} size={44} />
      <div className={styles.words}>
        <h2 className={styles.name} dir="auto">
          <Link to="/my-plugins/$pluginId" params={{ pluginId }}>
            {name}
          </Link>
        </h2>
        <p className={styles.version}>
          {texts.version(version)} {update && <Badge tone="info">{texts.updateTo(update.version)}</Badge>}
        </p>
        <InstallationFindings installation={installation} />
      </div>
      <PluginActions installation={installation} update={update} onTask={onTask} />
    </article>
  )
}

/** What the tenant must know of a plugin that it has. */
export function InstallationFindings({ installation }: { installation: Installation }) {
  return installation.findings.map(({ code, message, fix }) => (
    <p key={`${code} ${message}`} className={styles.finding} dir="auto">
      <TriangleAlert size={16} aria-hidden className={styles.warning} />
      <span>
        {message} {fix}
      </span>
    </p>
  ))
}
