import type { InstallationUpdate, VersionDetail } from '@plexica/api'
import type { Platform } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { ConfigurationForm, useFocusOnMistake } from '../install/configuration-form.tsx'
import { platformQuery, versionQuery } from '../installations/installation-queries.ts'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { isNeeded, useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'
import { NeededBy } from './needed-by.tsx'
import type { TaskProps } from './plugin-dialog.tsx'
import { UpdateChanges } from './update-changes.tsx'
import { useUpdateAnswers } from './use-update-answers.ts'

/** What the update brings, and the questions that it raises. */
export function UpdateDialog({ installation, onClose }: TaskProps) {
  const texts = useTexts().myPlugins.updating
  const { tenantId, pluginId, name, version } = installation
  const offer = useQuery({
    queryKey: ['tenant', tenantId, 'updates', pluginId],
    queryFn: ({ signal }) => registry.getInstallationUpdate({ params: { tenantId, pluginId }, signal }),
  })
  const update = offer.data?.update
  const wanted = update?.version
  const detail = useQuery({ ...versionQuery(pluginId, wanted ?? version), enabled: wanted !== undefined })
  const platform = useQuery(platformQuery)
  if (update && detail.data && platform.data !== undefined) {
    return (
      <LookedAtUpdate
        key={update.version}
        update={update}
        detail={detail.data}
        platform={platform.data}
        installation={installation}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog open onClose={onClose} title={wanted === undefined ? texts.update : texts.title(name, wanted)} wide>
      <Loaded query={offer}>
        {() => (update ? <Loaded query={detail}>{() => null}</Loaded> : <p>{texts.upToDate(version)}</p>)}
      </Loaded>
    </Dialog>
  )
}

interface LookedAtProps extends TaskProps {
  update: InstallationUpdate
  detail: VersionDetail
  platform: Platform | null
}

function LookedAtUpdate({ update, detail, platform, installation, onClose }: LookedAtProps) {
  const texts = useTexts().myPlugins.updating
  const say = useToast()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const { tenantId, pluginId, name } = installation
  const { version } = update
  const answers = useUpdateAnswers(update, detail.manifest.configSchema, installation)
  useFocusOnMistake(form, answers.attempts)
  const [forced, setForced] = useState(false)
  const updating = useInstallationChange(
    tenantId,
    (force: boolean) =>
      registry.updateInstallation({
        params: { tenantId, pluginId },
        query: force ? { force } : {},
        body: { version, ...answers.body },
      }),
    (answer) => {
      say(texts.done(name, answer.version))
      onClose()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (answers.finish()) updating.mutate(forced, { onError: answers.refuse })
  }
  const refused = isNeeded(updating.error)
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.title(name, version)}
      lead={texts.lead(update.installed)}
      wide
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            type="submit"
            form={id}
            kind="primary"
            busy={updating.isPending}
            disabled={!update.compatible || (refused && !forced)}
          >
            {texts.update}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} onSubmit={submit} noValidate className={styles.form}>
        <UpdateChanges update={update} platform={platform} answers={answers} />
        {answers.asked.length > 0 && (
          <section className={styles.part}>
            <h3>{texts.configuration}</h3>
            <p className={styles.soft}>{texts.configurationLead}</p>
            <ConfigurationForm
              schema={detail.manifest.configSchema}
              entries={answers.entries}
              onEntry={answers.onEntry}
              errors={answers.errors}
              kept={installation.secrets}
              only={(group) => answers.asked.includes(group.name)}
            />
          </section>
        )}
        {isNeeded(updating.error) ? (
          <NeededBy refusal={updating.error} forced={forced} onForce={setForced} />
        ) : (
          updating.error && <Problem error={updating.error} />
        )}
      </form>
    </Dialog>
  )
}
