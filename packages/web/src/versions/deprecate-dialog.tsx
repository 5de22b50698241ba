import type { PluginDetail } from '@plexica/api'
import { forms } from '@plexica/manifest-schema/validate'
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextAreaField, TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './version-act-dialog.module.css'
import { usageQuery, versionsQuery } from './version-queries.ts'
import { VersionUsers } from './version-users.tsx'

const pluginIdPattern = new RegExp(forms.pluginId.pattern)

/** Asks why a plugin is advised against and what to use instead, once it was seen who uses it. */
export function DeprecateDialog({ plugin, onClose }: { plugin: PluginDetail; onClose: () => void }) {
  const texts = useTexts()
  const words = texts.versions
  const toast = useToast()
  const queries = useQueryClient()
  const formId = useId()
  const [wrong, setWrong] = useState({ reason: false, successor: false })
  const { id, deprecation } = plugin
  const deprecate = useMutation({
    mutationFn: (body: { reason: string; successor?: string }) =>
      registry.deprecatePlugin({ params: { pluginId: id }, body }),
    onSuccess: async () => {
      toast(words.deprecationSaved)
      onClose()
      await queries.invalidateQueries({ queryKey: ['plugin', id] })
      await queries.invalidateQueries({ queryKey: ['plugins'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const reason = String(data.get('reason')).trim()
    const successor = String(data.get('successor')).trim()
    const found = { reason: reason === '', successor: successor !== '' && !pluginIdPattern.test(successor) }
    setWrong(found)
    if (!found.reason && !found.successor) deprecate.mutate({ reason, ...(successor ? { successor } : {}) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.deprecateTitle}
      lead={words.deprecateLead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {texts.design.cancel}
          </Button>
          <Button type="submit" form={formId} kind="danger" busy={deprecate.isPending}>
            {words.deprecateDo}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={styles.form} noValidate>
        <PluginUsers plugin={plugin} />
        <TextAreaField
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          error={wrong.reason ? words.reasonMissing : undefined}
          defaultValue={deprecation?.reason}
          maxLength={4_000}
          dir="auto"
        />
        <TextField
          name="successor"
          label={words.successor}
          hint={words.successorHint}
          optional={words.optional}
          error={wrong.successor ? words.successorInvalid : undefined}
          defaultValue={deprecation?.successor ?? undefined}
          autoCapitalize="none"
          spellCheck={false}
        />
        {deprecate.error && <Problem error={deprecate.error} />}
      </form>
    </Dialog>
  )
}

/** How many tenants have the plugin, and which run the newest versions that are or were given out. */
function PluginUsers({ plugin: { id: pluginId, installCount } }: { plugin: PluginDetail }) {
  const versions = useQuery(versionsQuery(pluginId, 0))
  const given = versions.data?.versions.filter(({ state }) => state === 'published' || state === 'yanked') ?? []
  const usages = useQueries({ queries: given.map(({ version }) => usageQuery(pluginId, version)) })
  return <Loaded query={versions}>{() => <VersionUsers usages={usages} installs={installCount} />}</Loaded>
}
