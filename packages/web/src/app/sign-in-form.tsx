import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useTexts } from '../language/language.tsx'
import { useSignIn } from './session.ts'
import styles from './sign-in-form.module.css'

/** Asks for a key or a token, which leaves this page in one request and is not kept. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const texts = useTexts().app
  const signIn = useSignIn()
  const [missing, setMissing] = useState(false)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const token = String(new FormData(form).get('token')).trim()
    setMissing(token === '')
    if (token === '') return
    signIn.mutate(token, {
      onSuccess: () => {
        form.reset()
        onDone()
      },
    })
  }

  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <TextField
        name="token"
        type="password"
        label={texts.token}
        hint={texts.tokenHint}
        error={missing ? texts.tokenMissing : undefined}
        autoComplete="current-password"
        spellCheck={false}
      />
      {signIn.error && <Problem error={signIn.error} />}
      <Button type="submit" kind="primary" busy={signIn.isPending}>
        {texts.signIn}
      </Button>
    </form>
  )
}
