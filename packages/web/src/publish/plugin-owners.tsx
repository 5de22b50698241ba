import type { Owners } from '@plexica/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { isRole, useSession } from '../app/session.ts'
import { Button, IconButton } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './manage-plugin-page.module.css'
import { ownersQuery } from './publish-queries.ts'

/** Who owns a plugin. There is always one. */
export function PluginOwners({ pluginId }: { pluginId: string }) {
  const texts = useTexts().publish
  const owners = useQuery(ownersQuery(pluginId))
  return (
    <section className={styles.part}>
      <p className={styles.soft}>{texts.ownersLead}</p>
      <Loaded query={owners}>
        {(known) => (
          <>
            <OwnerList pluginId={pluginId} owners={known.owners} />
            <AddOwner pluginId={pluginId} owners={known.owners} />
          </>
        )}
      </Loaded>
    </section>
  )
}

function OwnerList({ pluginId, owners }: { pluginId: string } & Owners) {
  const texts = useTexts().publish
  const { session } = useSession()
  const navigate = useNavigate()
  const toast = useToast()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<string>()
  const isOnly = owners.length === 1
  const remove = useMutation({
    mutationFn: (subject: string) => registry.removeOwner({ params: { pluginId, subject } }),
    onSuccess: async (left, subject) => {
      toast(texts.ownerRemoved(subject))
      setAsked(undefined)
      queries.setQueryData(ownersQuery(pluginId).queryKey, left)
      void queries.invalidateQueries({ queryKey: ['plugins'] })
      // Who is no owner any more has nothing to look for on this page.
      if (subject === session?.subject && !isRole(session, 'super-admin')) await navigate({ to: '/publish' })
    },
  })
  const isSelf = asked === session?.subject && !isRole(session, 'super-admin')
  return (
    <>
      <ul className={`plain-list ${styles.entries}`} aria-label={texts.owners}>
        {owners.map(({ subject, addedAt }) => (
          <li key={subject} className={styles.entry}>
            <span className={styles.words}>
              <strong>{subject}</strong>{' '}
              <span className={styles.soft}>
                · {texts.since} <TimeAgo at={addedAt} />
              </span>
            </span>
            <IconButton
              label={texts.removeOwner(subject)}
              small
              disabled={isOnly}
              onClick={() => {
                remove.reset()
                setAsked(subject)
              }}
            >
              <X size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {isOnly && <p className={styles.soft}>{texts.lastOwner}</p>}
      {asked && (
        <ConfirmDialog
          title={texts.removeOwnerTitle(asked)}
          lead={isSelf ? texts.removeSelfLead : texts.removeOwnerLead(asked)}
          act={texts.remove}
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

function AddOwner({ pluginId, owners }: { pluginId: string } & Owners) {
  const texts = useTexts().publish
  const toast = useToast()
  const queries = useQueryClient()
  const [wrong, setWrong] = useState<string>()
  const add = useMutation({
    mutationFn: (subject: string) => registry.addOwner({ params: { pluginId, subject } }),
    onSuccess: (known, subject) => {
      toast(texts.ownerAdded(subject))
      queries.setQueryData(ownersQuery(pluginId).queryKey, known)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const subject = String(new FormData(form).get('subject')).trim()
    const problem = !/^[a-z0-9][a-z0-9._@-]{0,99}$/.test(subject)
      ? texts.ownerInvalid
      : owners.some((owner) => owner.subject === subject)
        ? texts.ownerIsThere(subject)
        : undefined
    setWrong(problem)
    if (!problem) add.mutate(subject, { onSuccess: () => form.reset() })
  }
  return (
    <>
      <form onSubmit={submit} className={styles.form} noValidate>
        <TextField
          name="subject"
          label={texts.addOwner}
          hint={texts.ownerHint}
          error={wrong}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" busy={add.isPending}>
          {texts.add}
        </Button>
      </form>
      {add.error && <Problem error={add.error} />}
    </>
  )
}
