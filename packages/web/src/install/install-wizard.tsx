import type { PluginDetail, VersionDetail, VersionSummary } from '@plexica/api'
import type { Platform } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Loaded } from '../design/loaded.tsx'
import { installationsQuery, platformQuery, versionQuery } from '../installations/installation-queries.ts'
import { prerequisitesOf } from '../installations/prerequisites.ts'
import { useTexts } from '../language/language.tsx'
import { ConfigurationStep } from './configuration-step.tsx'
import styles from './install.module.css'
import { useInstallDraft } from './install-draft.ts'
import { type InstallFacts, type InstallStep, openStep } from './install-steps.ts'
import { PrerequisiteList } from './prerequisite-list.tsx'
import { ProgressStep } from './progress-step.tsx'
import { SetupStep } from './setup-step.tsx'
import { StepList } from './step-list.tsx'
import { SummaryStep } from './summary-step.tsx'
import { useConfiguring } from './use-configuring.ts'
import { configurationFindings, useInstall } from './use-install.ts'
import { VersionStep } from './version-step.tsx'

interface InstallWizardProps {
  tenantId: string
  plugin: PluginDetail
  /** What can be installed, the preselected first. */
  versions: readonly VersionSummary[]
}

/** From the choice of a version to the plugin's own words on how to begin. */
export function InstallWizard({ tenantId, plugin, versions }: InstallWizardProps) {
  const pluginId = plugin.id
  const texts = useTexts().install
  const { step: wanted = 'version' } = useSearch({ from: '/plugins/$pluginId/install' })
  const navigate = useNavigate({ from: '/plugins/$pluginId/install' })
  const draft = useInstallDraft(tenantId, pluginId)
  const { sending, heard } = useInstall(tenantId, pluginId)

  const chosen = versions.find(({ version }) => version === draft.version) ?? versions[0]
  const version = chosen?.version ?? ''
  const detail = useQuery(versionQuery(pluginId, version))
  const platform = useQuery(platformQuery)
  const installations = useQuery(installationsQuery(tenantId))
  const known = detail.data && platform.data !== undefined && installations.data
  const needs = known
    ? prerequisitesOf(
        known && detail.data.manifest,
        platform.data,
        new Map(installations.data.map((one) => [one.pluginId, one.version])),
      )
    : undefined
  const installed = installations.data?.find((one) => one.pluginId === pluginId)
  const configuring = useConfiguring(detail.data?.manifest.configSchema, draft)
  const facts: InstallFacts = {
    fits: needs?.met === true && !installed && !sending.isSuccess,
    configured: configuring.complete,
    sent: !sending.isIdle,
    installed: installed !== undefined || sending.isSuccess,
  }
  const step = needs ? openStep(wanted, facts) : wanted
  const heading = useFocusOnStep(step)
  const go = (next: InstallStep, replace = false) => void navigate({ search: { step: next }, replace })
  useEffect(() => {
    if (step !== wanted) void navigate({ search: { step }, replace: true })
  }, [step, wanted, navigate])

  const granted = draft.granted.filter((name) => detail.data?.manifest.requiredPermissions?.includes(name))
  const install = () => {
    const { configuration } = configuring
    if (!sending.isPending) {
      sending.mutate(
        { version, configuration, grantedPermissions: granted },
        {
          onSuccess: draft.forget,
          onError: (error) => {
            if (configurationFindings(error).length === 0) return
            configuring.refuse(error)
            go('configuration', true)
          },
        },
      )
    }
    go('progress')
  }

  const loading = {
    data: known ? { detail: detail.data, platform: platform.data } : undefined,
    error: detail.error ?? platform.error ?? installations.error,
    refetch: () => Promise.all([detail.refetch(), platform.refetch(), installations.refetch()]),
  }
  const steps: Record<InstallStep, (loaded: { detail: VersionDetail; platform: Platform | null }) => React.ReactNode> =
    {
      version: () => null,
      configuration: () => (
        <ConfigurationStep
          {...configuring}
          onBack={() => go('version')}
          onNext={() => configuring.finish() && go('summary')}
        />
      ),
      summary: (loaded) => (
        <SummaryStep
          {...loaded}
          configuration={configuring.configuration}
          granted={granted}
          onGrant={draft.grant}
          busy={sending.isPending}
          onBack={() => go('configuration')}
          onInstall={install}
        />
      ),
      progress: () => (
        <ProgressStep
          sending={sending}
          heard={heard}
          onRetry={install}
          onBack={() => go('summary')}
          onNext={() => go('setup')}
        />
      ),
      setup: (loaded) => <SetupStep detail={loaded.detail} />,
    }
  return (
    <div className={styles.wizard}>
      <StepList pluginId={pluginId} at={step} facts={facts} />
      <section className={styles.step}>
        <h2 ref={heading} tabIndex={-1} className={styles.heading}>
          {texts.stepTitles[step]}
        </h2>
        {step === 'version' ? (
          <VersionStep
            plugin={plugin}
            versions={versions}
            version={version}
            onVersion={draft.choose}
            installed={installed}
            fits={facts.fits}
            prerequisites={
              <Loaded query={loading}>
                {(loaded) => needs && <PrerequisiteList needs={needs} platform={loaded.platform} />}
              </Loaded>
            }
            onNext={() => go('configuration')}
          />
        ) : (
          <Loaded query={loading}>{steps[step]}</Loaded>
        )}
      </section>
    </div>
  )
}

/**
 * After a step is another one, its heading has the focus: it is read, and the keyboard goes on from there. A step that
 * comes with a mistake has put the focus on that.
 */
function useFocusOnStep(step: InstallStep) {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(step)
  useEffect(() => {
    const isPlaced = heading.current?.parentElement?.contains(document.activeElement)
    if (before.current !== step && !isPlaced) heading.current?.focus()
    before.current = step
  }, [step])
  return heading
}
