import type { PluginSettings, Visibility } from '@plexica/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Choice, ChoiceGroup } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { GrantedTenants } from './granted-tenants.tsx'
import styles from './manage-plugin-page.module.css'
import { settingsQuery } from './publish-queries.ts'
import { TrustedPublishers } from './trusted-publishers.tsx'

/** What is a plugin's own and no version's. */
export function PluginSettingsPanel({ pluginId }: { pluginId: string }) {
  const settings = useQuery(settingsQuery(pluginId))
  return (
    <>
      <Loaded query={settings}>
        {(known) => (
          <>
            <VisibilityForm key={known.visibility} settings={known} />
            <GrantedTenants settings={known} />
          </>
        )}
      </Loaded>
      <TrustedPublishers pluginId={pluginId} />
    </>
  )
}

/** Changes settings, and keeps what the registry says they are then. */
export function useChangeSettings(pluginId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { visibility?: Visibility; tenants?: string[] }) =>
      registry.changePlugin({ params: { pluginId }, body }),
    onSuccess: async (settings) => {
      queries.setQueryData(settingsQuery(pluginId).queryKey, settings)
      await queries.invalidateQueries({ queryKey: ['plugin', pluginId] })
      await queries.invalidateQueries({ queryKey: ['plugins'] })
    },
  })
}

function VisibilityForm({ settings: { id, visibility } }: { settings: PluginSettings }) {
  const texts = useTexts().publish
  const toast = useToast()
  const [chosen, setChosen] = useState(visibility)
  const change = useChangeSettings(id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ visibility: chosen }, { onSuccess: () => toast(texts.saved) })
  }
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{texts.visibilityTitle}</h2>
      <form onSubmit={submit} className={styles.stacked}>
        <ChoiceGroup legend={texts.visibility}>
          {(['public', 'private'] as const).map((one) => (
            <Choice
              key={one}
              type="radio"
              name="visibility"
              label={texts.visibilities[one]}
              hint={texts.visibilityHints[one]}
              checked={chosen === one}
              onChange={() => setChosen(one)}
            />
          ))}
        </ChoiceGroup>
        {change.error && <Problem error={change.error} />}
        <Button type="submit" disabled={chosen === visibility} busy={change.isPending}>
          {texts.save}
        </Button>
      </form>
    </section>
  )
}
