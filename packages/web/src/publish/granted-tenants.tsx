import type { PluginSettings } from '@plexica/api'
import { forms } from '@plexica/manifest-schema/validate'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button, IconButton } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './manage-plugin-page.module.css'
import { useChangeSettings } from './plugin-settings-panel.tsx'

const tenantIdPattern = new RegExp(forms.tenantId.pattern)

/** Tenants that have a plugin while it is private. */
export function GrantedTenants({ settings: { id, visibility, tenants } }: { settings: PluginSettings }) {
  const texts = useTexts().publish
  const toast = useToast()
  const change = useChangeSettings(id)
  const [wrong, setWrong] = useState(false)
  const grant = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const tenant = String(new FormData(form).get('tenant')).trim()
    setWrong(!tenantIdPattern.test(tenant))
    if (!tenantIdPattern.test(tenant)) return
    const all = [...new Set([...tenants, tenant])]
    const done = () => {
      toast(texts.granted(tenant))
      form.reset()
    }
    change.mutate({ tenants: all }, { onSuccess: done })
  }
  const takeBack = (tenant: string) =>
    change.mutate(
      { tenants: tenants.filter((one) => one !== tenant) },
      { onSuccess: () => toast(texts.takenBack(tenant)) },
    )
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{texts.tenantsTitle}</h2>
      <p className={styles.soft}>{visibility === 'public' ? texts.tenantsWhilePublic : texts.tenantsLead}</p>
      {tenants.length === 0 ? (
        <p>{texts.noTenants}</p>
      ) : (
        <ul className={`plain-list ${styles.entries}`} aria-label={texts.tenantsTitle}>
          {tenants.map((tenant) => (
            <li key={tenant} className={styles.entry}>
              <span className={styles.words}>{tenant}</span>
              <IconButton
                label={texts.takeBack(tenant)}
                small
                disabled={change.isPending}
                onClick={() => takeBack(tenant)}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={grant} className={styles.form} noValidate>
        <TextField
          name="tenant"
          label={texts.tenant}
          error={wrong ? texts.tenantInvalid : undefined}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" busy={change.isPending}>
          {texts.grant}
        </Button>
      </form>
      {change.error && <Problem error={change.error} />}
    </section>
  )
}
