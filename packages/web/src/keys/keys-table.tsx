import type { ApiKey } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../app/session.ts'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { Notice } from '../design/notice.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useToast } from '../design/toast.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './keys.module.css'

export function KeysTable({ keys }: { keys: readonly ApiKey[] }) {
  const [asked, setAsked] = useState<ApiKey>()
  const columns = useColumns(setAsked)
  return (
    <>
      <DataTable label={useTexts().keys.title} columns={columns} rows={keys} keyOf={({ id }) => id} />
      {asked && <RevokeDialog apiKey={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function useColumns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const texts = useTexts()
  const words = texts.keys
  const { date } = useFormat()
  const { session } = useSession()
  return [
    {
      title: words.subject,
      cell: ({ id, subject, description }) => (
        <div className={styles.words}>
          <strong>{subject}</strong> {id === session?.keyId && <Badge tone="info">{words.own}</Badge>}
          {description && (
            <span className={styles.soft} dir="auto">
              {description}
            </span>
          )}
          <code className={styles.soft}>{id}</code>
        </div>
      ),
    },
    {
      title: words.role,
      cell: ({ role, tenantId }) => (
        <>
          {texts.app.roles[role]}
          {tenantId && <span className={styles.soft}>{tenantId}</span>}
        </>
      ),
    },
    { title: words.reach, cell: (key) => <Reach apiKey={key} /> },
    { title: words.created, cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
    { title: words.lastUsed, cell: ({ lastUsedAt }) => (lastUsedAt ? <TimeAgo at={lastUsedAt} /> : words.unused) },
    { title: words.expiry, cell: ({ expiresAt }) => (expiresAt ? date(expiresAt) : words.never) },
    { title: words.state, cell: (key) => <KeyState apiKey={key} /> },
    {
      title: words.actions,
      cell: (key) =>
        key.revokedAt === null && (
          <Button
            small
            kind="danger"
            aria-label={words.revokeKey(key.description ?? key.id)}
            onClick={() => onRevoke(key)}
          >
            {words.revoke}
          </Button>
        ),
    },
  ]
}

function Reach({ apiKey: { permissions, plugins } }: { apiKey: ApiKey }) {
  const texts = useTexts().keys
  const { list } = useFormat()
  if (!permissions && !plugins) return texts.wholeReach
  return (
    <div className={styles.words}>
      {permissions && <span className={styles.line}>{texts.onlyPermissions(list(permissions))}</span>}
      {plugins && <span className={styles.line}>{texts.onlyPlugins(list(plugins))}</span>}
    </div>
  )
}

function KeyState({ apiKey: { revokedAt, expiresAt } }: { apiKey: ApiKey }) {
  const texts = useTexts().keys
  if (revokedAt) return <Badge tone="bad">{texts.revoked}</Badge>
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return <Badge>{texts.expired}</Badge>
  return <Badge tone="good">{texts.active}</Badge>
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const texts = useTexts().keys
  const { session } = useSession()
  const toast = useToast()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => registry.revokeKey({ params: { keyId: apiKey.id } }),
    onSuccess: async () => {
      toast(texts.revokeDone)
      onClose()
      await queries.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  return (
    <ConfirmDialog
      title={texts.revokeTitle}
      lead={texts.revokeLead}
      act={texts.revoke}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p className={styles.words}>
        <strong>{apiKey.subject}</strong> {apiKey.description && <span dir="auto">{apiKey.description}</span>}
        <code className={styles.soft}>{apiKey.id}</code>
      </p>
      {apiKey.id === session?.keyId && <Notice tone="warn" title={texts.revokeOwn} />}
    </ConfirmDialog>
  )
}
