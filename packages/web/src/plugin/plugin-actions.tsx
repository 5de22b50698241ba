import type { PluginDetail } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Download, RefreshCw } from 'lucide-react'
import { isRole, useMay, useSession } from '../app/session.ts'
import { buttonClass } from '../design/button.tsx'
import { Loaded } from '../design/loaded.tsx'
import { SkeletonBlock } from '../design/skeleton.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './plugin-head.module.css'
import { ownInstallationQuery, useInstallingTenant } from './plugin-queries.ts'

/** The way to have the plugin, or how somebody gets it who may not install it. */
export function PluginActions({ plugin }: { plugin: PluginDetail }) {
  const texts = useTexts().plugin
  const { session } = useSession()
  const may = useMay()
  const owns = isRole(session, 'super-admin') || plugin.owners.includes(session?.subject ?? '')
  const tenantId = useInstallingTenant()
  return (
    <div className={styles.actions}>
      {tenantId ? (
        <InTenant plugin={plugin} tenantId={tenantId} />
      ) : (
        <>
          {session === null && (
            <Link to="/sign-in" search={{ to: `/plugins/${plugin.id}` }} className={buttonClass()}>
              {texts.signInToInstall}
            </Link>
          )}
          <p className={styles.way}>{texts.adminsInstall}</p>
        </>
      )}
      {owns && may('plugin:manage') && (
        <Link to="/publish/$pluginId" params={{ pluginId: plugin.id }} className={buttonClass()}>
          {texts.manage}
        </Link>
      )}
    </div>
  )
}

function InTenant({ plugin, tenantId }: { plugin: PluginDetail; tenantId: string }) {
  const texts = useTexts().plugin
  const manages = useMay()('installation:manage')
  const installation = useQuery(ownInstallationQuery(tenantId, plugin.id))
  return (
    <Loaded query={installation} skeleton={<SkeletonBlock height="2.5rem" />}>
      {(own) => {
        if (own === null) return <NotInstalled plugin={plugin} manages={manages} />
        const { installed, update } = own
        return (
          <>
            {manages && update && (
              <Link to="/my-plugins" className={buttonClass({ kind: 'primary' })}>
                <RefreshCw size="1.1em" aria-hidden />
                {texts.update(update.version)}
              </Link>
            )}
            {manages && (
              <Link to="/my-plugins/$pluginId" params={{ pluginId: plugin.id }} className={buttonClass()}>
                <Check size="1.1em" aria-hidden />
                {texts.configure}
              </Link>
            )}
            <p className={styles.way}>{texts.installed(installed)}</p>
          </>
        )
      }}
    </Loaded>
  )
}

function NotInstalled({ plugin: { id, latestVersion }, manages }: { plugin: PluginDetail; manages: boolean }) {
  const texts = useTexts().plugin
  if (latestVersion === null) return <p className={styles.way}>{texts.noVersion}</p>
  if (!manages) return <p className={styles.way}>{texts.askAdmin}</p>
  return (
    <Link to="/plugins/$pluginId/install" params={{ pluginId: id }} className={buttonClass({ kind: 'primary' })}>
      <Download size="1.1em" aria-hidden />
      {texts.install}
    </Link>
  )
}
