import { useEffect, useRef } from 'react'
import { Dialog } from '../design/dialog.tsx'
import { useTexts } from '../language/language.tsx'
import { ChoosePackage } from './choose-package.tsx'
import { ConfigurePublish } from './configure-publish.tsx'
import { PackageVerdict } from './package-verdict.tsx'
import styles from './publish-plugin-modal.module.css'
import { SubmittedVersion } from './submitted-version.tsx'
import { type PublishStep, usePublishing } from './use-publishing.ts'

const steps: readonly PublishStep[] = ['choose', 'check', 'configure', 'submitted']

/**
 * Publishes a package step by step. Closed before its end, it goes on where it was: the file and the choices stay until
 * the page is left.
 */
export function PublishPluginModal({ open, onClose }: { open: boolean; onClose: () => void }) {
  const texts = useTexts().publish
  const publishing = usePublishing()
  const { step } = publishing
  const close = () => {
    publishing.stop()
    onClose()
    if (step === 'submitted') publishing.restart()
    else if (publishing.check.isPending) publishing.goTo('choose')
  }
  return (
    <Dialog open={open} onClose={close} title={texts.start} wide>
      <ol className={styles.steps} aria-label={texts.stepsLabel}>
        {steps.map((one) => (
          <li key={one} className={styles.step} aria-current={one === step ? 'step' : undefined}>
            {texts.steps[one]}
          </li>
        ))}
      </ol>
      <StepBody key={step} title={titleOf(step, texts)}>
        {step === 'choose' && <ChoosePackage publishing={publishing} />}
        {step === 'check' && <PackageVerdict publishing={publishing} />}
        {step === 'configure' && <ConfigurePublish publishing={publishing} />}
        {step === 'submitted' && <SubmittedVersion publishing={publishing} onClose={close} />}
      </StepBody>
    </Dialog>
  )
}

function titleOf(step: PublishStep, texts: { chooseTitle: string; checkTitle: string; configureTitle: string }) {
  return { choose: texts.chooseTitle, check: texts.checkTitle, configure: texts.configureTitle, submitted: undefined }[
    step
  ]
}

/** The focus goes along to each step, so that it is read out and the keyboard goes on from there. */
function StepBody({ title, children }: { title: string | undefined; children: React.ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1} className={styles.body}>
      {title && <h3>{title}</h3>}
      {children}
    </div>
  )
}
