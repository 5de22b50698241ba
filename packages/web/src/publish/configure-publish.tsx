import type { Visibility } from '@plexica/api'
import { ApiError } from '@plexica/api/client'
import { forms } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Choice, ChoiceGroup, TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Markdown } from '../design/markdown.tsx'
import { useTexts } from '../language/language.tsx'
import { SendingProgress } from './package-verdict.tsx'
import styles from './publish-plugin-modal.module.css'
import { PublishProblem } from './publish-problem.tsx'
import { managedPluginQuery } from './publish-queries.ts'
import type { Publishing } from './use-publishing.ts'

const channelPattern = new RegExp(forms.channel.pattern)
const visibilities: readonly Visibility[] = ['public', 'private']

/** What is chosen beside the package, and what people will read about the version. */
export function ConfigurePublish({ publishing }: { publishing: Publishing }) {
  const texts = useTexts().publish
  const { check, choices, setChoices, publish, goTo, submit } = publishing
  const [wrongChannel, setWrongChannel] = useState(false)
  const changelog = check.data?.changelog
  const plugin = useQuery(managedPluginQuery(check.data?.id ?? ''))
  const isNew = plugin.error instanceof ApiError && plugin.error.code === 'plugin_not_found'

  const send = (event: FormEvent) => {
    event.preventDefault()
    const wrong = choices.channel !== '' && !channelPattern.test(choices.channel)
    setWrongChannel(wrong)
    if (!wrong) submit(isNew)
  }

  return (
    <form onSubmit={send} className={styles.form} noValidate>
      {isNew ? (
        <VisibilityChoice publishing={publishing} />
      ) : (
        <Loaded query={plugin}>
          {({ visibility }) => (
            <div>
              <h4 className={styles.label}>{texts.visibility}</h4>
              <p className={styles.soft}>{texts.visibilityStays(texts.visibilities[visibility])}</p>
            </div>
          )}
        </Loaded>
      )}
      <TextField
        label={texts.channel}
        hint={texts.channelHint}
        optional={texts.optional}
        error={wrongChannel ? texts.channelInvalid : undefined}
        value={choices.channel}
        onChange={({ target }) => setChoices({ ...choices, channel: target.value.trim() })}
        autoCapitalize="none"
        spellCheck={false}
      />
      <section>
        <h4 className={styles.label}>{texts.changelog}</h4>
        {changelog ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          <section className={styles.changelog} tabIndex={0} aria-label={texts.changelog}>
            <Markdown text={changelog} />
          </section>
        ) : (
          <p className={styles.soft}>{texts.noChangelog}</p>
        )}
      </section>
      {publish.isPending && <SendingProgress share={publishing.progress} />}
      {publish.error && <PublishProblem error={publish.error} />}
      <div className={styles.buttons}>
        <Button disabled={publish.isPending} onClick={() => goTo('check')}>
          {texts.back}
        </Button>
        <Button type="submit" kind="primary" disabled={!isNew && !plugin.data} busy={publish.isPending}>
          {texts.submit}
        </Button>
      </div>
    </form>
  )
}

/** Of a plugin that is there its settings say who finds it; of a new one, its first publish. */
function VisibilityChoice({ publishing: { choices, setChoices } }: { publishing: Publishing }) {
  const texts = useTexts().publish
  return (
    <ChoiceGroup legend={texts.visibility}>
      {visibilities.map((visibility) => (
        <Choice
          key={visibility}
          type="radio"
          name="visibility"
          label={texts.visibilities[visibility]}
          hint={texts.visibilityHints[visibility]}
          checked={(choices.visibility ?? 'public') === visibility}
          onChange={() => setChoices({ ...choices, visibility })}
        />
      ))}
    </ChoiceGroup>
  )
}
