import type { VersionSummary } from '@plexica/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextAreaField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './version-act-dialog.module.css'
import type { VersionAct } from './version-acts.ts'
import { usageQuery } from './version-queries.ts'
import { VersionUsers } from './version-users.tsx'

/** Asks for a reason and carries out what is done about one version, once it was seen who runs it. */
export function VersionActDialog({
  act,
  version: { pluginId, version },
  onClose,
}: {
  act: VersionAct
  version: VersionSummary
  onClose: () => void
}) {
  const texts = useTexts()
  const words = useActWords(act, version)
  const toast = useToast()
  const queries = useQueryClient()
  const formId = useId()
  const usage = useQuery(usageQuery(pluginId, version))
  const [missing, setMissing] = useState(false)
  const isUsed = act === 'remove' && usage.data !== undefined && usage.data.total > 0

  const carryOut = useMutation({
    mutationFn: (reason: string) => perform(act, { pluginId, version }, reason),
    onSuccess: async () => {
      toast(words.done)
      onClose()
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['plugin', pluginId] }),
        queries.invalidateQueries({ queryKey: ['plugins'] }),
      ])
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim()
    const wanted = act !== 'unyank' && reason === ''
    setMissing(wanted)
    if (!wanted) carryOut.mutate(reason)
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      lead={words.lead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {texts.design.cancel}
          </Button>
          <Button
            type="submit"
            form={formId}
            kind={act === 'unyank' ? 'primary' : 'danger'}
            disabled={isUsed}
            busy={carryOut.isPending}
          >
            {words.act}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={styles.form} noValidate>
        <VersionUsers usages={[usage]} />
        {isUsed && <Notice tone="warn" title={texts.versions.inUse} />}
        {act !== 'unyank' && (
          <TextAreaField
            name="reason"
            label={texts.versions.reason}
            hint={texts.versions.reasonHint}
            error={missing ? texts.versions.reasonMissing : undefined}
            maxLength={4_000}
            dir="auto"
          />
        )}
        {carryOut.error && <Problem error={carryOut.error} />}
      </form>
    </Dialog>
  )
}

function perform(act: VersionAct, params: { pluginId: string; version: string }, reason: string): Promise<unknown> {
  switch (act) {
    case 'yank':
      return registry.yankVersion({ params, body: { reason } })
    case 'unyank':
      return registry.unyankVersion({ params })
    case 'remove':
      return registry.deleteVersion({ params, query: { reason } })
  }
}

function useActWords(act: VersionAct, version: string) {
  const texts = useTexts().versions
  return {
    yank: { title: texts.yankTitle(version), lead: texts.yankLead, act: texts.yankDo, done: texts.yanked(version) },
    unyank: {
      title: texts.unyankTitle(version),
      lead: texts.unyankLead,
      act: texts.unyankDo,
      done: texts.unyanked(version),
    },
    remove: {
      title: texts.removeTitle(version),
      lead: texts.removeLead,
      act: texts.removeDo,
      done: texts.removed(version),
    },
  }[act]
}
