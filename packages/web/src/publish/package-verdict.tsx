import type { PreflightAnswer } from '@plexica/api'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Progress } from '../design/progress.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { FindingList } from './finding-list.tsx'
import styles from './publish-plugin-modal.module.css'
import { PublishProblem } from './publish-problem.tsx'
import type { Publishing } from './use-publishing.ts'

/** What publishing would say, before anything is stored: the verdict and every finding. */
export function PackageVerdict({ publishing }: { publishing: Publishing }) {
  const texts = useTexts().publish
  const { bytes } = useFormat()
  const { file, check, goTo, stop, checkAgain } = publishing
  const another = <Button onClick={() => goTo('choose')}>{texts.another}</Button>
  const stopAndChoose = () => {
    stop()
    goTo('choose')
  }
  return (
    <>
      {file && (
        <p className={styles.file} dir="auto">
          {file.name} · {bytes(file.size)}
        </p>
      )}
      {check.isPending && (
        <>
          <SendingProgress share={publishing.progress} />
          <div className={styles.buttons}>
            <Button onClick={stopAndChoose}>{texts.stop}</Button>
          </div>
        </>
      )}
      {check.error && (
        <>
          <PublishProblem error={check.error} />
          <div className={styles.buttons}>
            {another}
            <Button kind="primary" onClick={checkAgain}>
              {texts.again}
            </Button>
          </div>
        </>
      )}
      {check.data && (
        <>
          <Verdict answer={check.data} />
          {check.data.findings.length === 0 && check.data.verdict !== 'refused' && (
            <p className={styles.soft}>{texts.noFindings}</p>
          )}
          <FindingList findings={check.data.findings} />
          <div className={styles.buttons}>
            {another}
            {check.data.verdict === 'refused' ? (
              <Button kind="primary" onClick={checkAgain}>
                {texts.again}
              </Button>
            ) : (
              <Button kind="primary" onClick={() => goTo('configure')}>
                {texts.next}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** The bytes on their way, and then the wait for what the registry says. */
export function SendingProgress({ share }: { share: number }) {
  const texts = useTexts().publish
  const { percent } = useFormat()
  return share < 1 ? (
    <Progress label={texts.sending} share={share} words={texts.sent(percent(share))} />
  ) : (
    <Progress label={texts.inspecting} words={texts.inspecting} />
  )
}

function Verdict({ answer }: { answer: PreflightAnswer }) {
  const texts = useTexts().publish
  const { verdict, id, version, detail, fix } = answer
  if (verdict === 'refused') {
    return (
      <Notice tone="bad" title={texts.refused}>
        <p>{detail}</p>
        <p>{fix}</p>
      </Notice>
    )
  }
  if (verdict === 'unchanged') {
    return (
      <Notice title={texts.unchanged(id ?? '', version ?? '')}>
        <p>{texts.unchangedLead}</p>
      </Notice>
    )
  }
  return <Notice tone="good" title={texts.accepted(id ?? '', version ?? '')} />
}
