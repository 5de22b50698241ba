import { forms } from '@plexica/manifest-schema/validate'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './add-tenant-dialog.module.css'

const idPattern = new RegExp(forms.tenantId.pattern)

export function AddTenantDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts()
  const words = texts.tenants
  const toast = useToast()
  const queries = useQueryClient()
  const formId = useId()
  const [wrong, setWrong] = useState({ id: false, name: false })
  const add = useMutation({
    mutationFn: (body: { id: string; name: string }) => registry.createTenant({ body }),
    onSuccess: async ({ name }) => {
      toast(words.done(name))
      onClose()
      await queries.invalidateQueries({ queryKey: ['tenants'] })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const id = String(data.get('id')).trim()
    const name = String(data.get('name')).trim()
    const found = { id: !idPattern.test(id), name: name === '' }
    setWrong(found)
    if (!found.id && !found.name) add.mutate({ id, name })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.addTitle}
      lead={words.addLead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {texts.design.cancel}
          </Button>
          <Button type="submit" form={formId} kind="primary" busy={add.isPending}>
            {words.addDo}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className={styles.form} noValidate>
        <TextField
          name="id"
          label={words.id}
          hint={words.idHint}
          error={wrong.id ? words.idInvalid : undefined}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          name="name"
          label={words.name}
          error={wrong.name ? words.nameMissing : undefined}
          maxLength={100}
          autoComplete="off"
          dir="auto"
        />
        {add.error && <Problem error={add.error} />}
      </form>
    </Dialog>
  )
}
