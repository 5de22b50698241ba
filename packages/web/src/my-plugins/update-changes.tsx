import type { InstallationUpdate } from '@plexica/api'
import type { Platform } from '@plexica/manifest-schema/validate'
import { Markdown } from '../design/markdown.tsx'
import { Notice } from '../design/notice.tsx'
import { Grants, permissionWords } from '../installations/grants.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './my-plugins.module.css'
import type { UpdateAnswers } from './use-update-answers.ts'

/** Codes of findings that have a place of their own in the dialog. */
const isAskedElsewhere = (code: string) => /^(permission|host|configuration)-/.test(code)

/** What the versions in between changed, and what the newest asks for more than the installed one. */
export function UpdateChanges({
  update,
  platform,
  answers,
}: {
  update: InstallationUpdate
  platform: Platform | null
  answers: UpdateAnswers
}) {
  const texts = useTexts().myPlugins.updating
  const { date } = useFormat()
  const { name, changelog, newPermissions, newHosts, findings } = update
  const remarks = findings.filter(({ code, severity }) => severity !== 'error' || !isAskedElsewhere(code))
  return (
    <>
      {remarks.length > 0 && (
        <Notice tone={update.compatible ? 'warn' : 'bad'}>
          {remarks.map(({ code, message, fix }) => (
            <p key={`${code} ${message}`}>
              {message} {fix}
            </p>
          ))}
        </Notice>
      )}
      {changelog.map(({ version, publishedAt, text }) => (
        <section key={version} className={styles.part}>
          <h3>{[version, publishedAt && date(publishedAt)].filter(Boolean).join(' · ')}</h3>
          {text ? <Markdown text={text} /> : <p className={styles.soft}>{texts.noChangelog}</p>}
        </section>
      ))}
      {newPermissions.length > 0 && (
        <Grants
          legend={texts.newPermissions(name)}
          names={newPermissions}
          granted={answers.granted}
          onGrant={answers.setGranted}
          tried={answers.attempts > 0}
          words={permissionWords(platform)}
        />
      )}
      {newHosts.length > 0 && (
        <Grants
          legend={texts.newHosts(name)}
          names={newHosts}
          granted={answers.accepted}
          onGrant={answers.setAccepted}
          tried={answers.attempts > 0}
        />
      )}
    </>
  )
}
