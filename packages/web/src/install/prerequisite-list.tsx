import type { Platform } from '@plexica/manifest-schema/validate'
import { Link } from '@tanstack/react-router'
import type { NeededPlugin, Prerequisites } from '../installations/prerequisites.ts'
import { useTexts } from '../language/language.tsx'
import styles from './install.module.css'
import { Prerequisite } from './version-step.tsx'

/** What a version needs: the platform, and other plugins of the tenant. */
export function PrerequisiteList({ needs, platform }: { needs: Prerequisites; platform: Platform | null }) {
  const texts = useTexts().install
  const { range, findings } = needs.platform
  return (
    <ul className={`plain-list ${styles.prerequisites}`}>
      <Prerequisite
        met={findings.length === 0}
        title={platform ? texts.platform(range, platform.name, platform.version) : texts.platformUnknown(range)}
      >
        {findings.map(({ code, message, fix }) => (
          <p key={`${code} ${message}`} className={styles.soft}>
            {message} {fix}
          </p>
        ))}
      </Prerequisite>
      {needs.plugins.map((plugin) => (
        <NeededPluginRow key={plugin.id} plugin={plugin} />
      ))}
    </ul>
  )
}

function NeededPluginRow({ plugin: { id, range, installed, findings } }: { plugin: NeededPlugin }) {
  const texts = useTexts().install
  const met = findings.length === 0
  return (
    <Prerequisite met={met} title={texts.dependency(id, range, installed)}>
      {!met &&
        (installed === undefined ? (
          <Link to="/plugins/$pluginId/install" params={{ pluginId: id }}>
            {texts.installFirst(id)}
          </Link>
        ) : (
          <Link to="/my-plugins">{texts.updateFirst(id)}</Link>
        ))}
    </Prerequisite>
  )
}
