import type { Session } from '@plexica/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { Button } from '../design/button.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { CreateKeyForm } from './create-key-form.tsx'
import styles from './keys.module.css'
import type { NewKey } from './new-key.ts'

/** Asks what the key is for, and shows its secret this once. */
export function CreateKeyDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const texts = useTexts()
  const words = texts.keys
  const formId = useId()
  const queries = useQueryClient()
  const whoami = useQuery({ queryKey: ['whoami'], queryFn: ({ signal }) => registry.whoami({ signal }) })
  const create = useMutation({
    mutationFn: (body: NewKey) => registry.createKey({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
    // The secret stays nowhere once the dialog is closed.
    gcTime: 0,
  })
  if (create.data) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={words.madeTitle}
        lead={words.madeLead}
        footer={
          <Button kind="primary" onClick={onClose}>
            {words.done}
          </Button>
        }
      >
        <div className={styles.secret}>
          <TextField
            label={words.secret}
            value={create.data.key}
            readOnly
            spellCheck={false}
            onFocus={({ target }) => target.select()}
          />
          <CopyButton text={create.data.key} small={false} />
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.create}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {texts.design.cancel}
          </Button>
          <Button type="submit" form={formId} kind="primary" disabled={!whoami.data} busy={create.isPending}>
            {words.make}
          </Button>
        </>
      }
    >
      <Loaded query={whoami}>
        {(own) => (
          <CreateKeyForm
            id={formId}
            session={session}
            reach={own}
            onCreate={(body) => create.mutate(body)}
            problem={create.error && <Problem error={create.error} />}
          />
        )}
      </Loaded>
    </Dialog>
  )
}
