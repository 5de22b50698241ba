import type { TrustedPublisher } from '@plexica/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button, IconButton } from '../design/button.tsx'
import { TextAreaField, TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './manage-plugin-page.module.css'
import { trustQuery } from './publish-queries.ts'

type Trust = Pick<TrustedPublisher, 'issuer' | 'claims'>

/** Pipelines that may publish a plugin without a stored key. */
export function TrustedPublishers({ pluginId }: { pluginId: string }) {
  const texts = useTexts().publish
  const toast = useToast()
  const queries = useQueryClient()
  const trusted = useQuery(trustQuery(pluginId))
  const change = useMutation({
    mutationFn: async (publishers: Trust[]) => {
      if (publishers.length > 0) await registry.setTrustedPublishers({ params: { pluginId }, body: { publishers } })
      else await registry.deleteTrustedPublishers({ params: { pluginId } })
    },
    onSuccess: async () => {
      toast(texts.saved)
      await queries.invalidateQueries({ queryKey: trustQuery(pluginId).queryKey })
    },
  })
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{texts.trustTitle}</h2>
      <p className={styles.soft}>{texts.trustLead}</p>
      <Loaded query={trusted}>
        {({ publishers }) => {
          const known = publishers.map(({ issuer, claims }) => ({ issuer, claims }))
          return (
            <>
              {known.length === 0 ? (
                <p>{texts.noTrust}</p>
              ) : (
                <ul className={`plain-list ${styles.entries}`} aria-label={texts.trustTitle}>
                  {known.map((one, index) => (
                    <li key={`${one.issuer} ${lines(one)}`} className={styles.entry}>
                      <span className={styles.words}>
                        <strong>{one.issuer}</strong>
                        <br />
                        <code>{lines(one)}</code>
                      </span>
                      <IconButton
                        label={texts.distrust(one.issuer)}
                        small
                        disabled={change.isPending}
                        onClick={() => change.mutate(known.toSpliced(index, 1))}
                      >
                        <X size={16} aria-hidden />
                      </IconButton>
                    </li>
                  ))}
                </ul>
              )}
              <TrustForm
                busy={change.isPending}
                onTrust={(one, done) => change.mutate([...known, one], { onSuccess: done })}
              />
            </>
          )
        }}
      </Loaded>
      {change.error && <Problem error={change.error} />}
    </section>
  )
}

function TrustForm({ busy, onTrust }: { busy: boolean; onTrust: (one: Trust, done: () => void) => void }) {
  const texts = useTexts().publish
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const claims = readClaims(String(data.get('claims')))
    setWrong(claims === undefined)
    if (claims) onTrust({ issuer: String(data.get('issuer')).trim(), claims }, () => form.reset())
  }
  return (
    <form onSubmit={submit} className={styles.stacked}>
      <TextField
        name="issuer"
        type="url"
        required
        label={texts.issuer}
        hint={texts.issuerHint}
        placeholder="https://token.example.com"
      />
      <TextAreaField
        name="claims"
        rows={3}
        label={texts.claims}
        hint={texts.claimsHint}
        error={wrong ? texts.claimsInvalid : undefined}
        spellCheck={false}
      />
      <Button type="submit" busy={busy}>
        {texts.trust}
      </Button>
    </form>
  )
}

function lines({ claims }: Trust): string {
  return Object.entries(claims)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
}

/** Undefined where a line is no claim, or there is none. */
function readClaims(text: string): Record<string, string> | undefined {
  const written = text.split('\n').filter((line) => line.trim() !== '')
  const claims = written.map((line) => /^\s*([a-z][a-z0-9_]{0,63})\s*=\s*(.*\S)\s*$/.exec(line))
  if (claims.length === 0 || claims.some((match) => match === null)) return undefined
  return Object.fromEntries(claims.map((match) => [match?.[1], match?.[2]]))
}
