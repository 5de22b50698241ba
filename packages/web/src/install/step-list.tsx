import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useTexts } from '../language/language.tsx'
import { type InstallFacts, type InstallStep, installSteps, isReachable } from './install-steps.ts'
import styles from './step-list.module.css'

/** Where in the installation one is; steps that are open already can be gone to. */
export function StepList({ pluginId, at, facts }: { pluginId: string; at: InstallStep; facts: InstallFacts }) {
  const texts = useTexts().install
  const current = installSteps.indexOf(at)
  return (
    <nav aria-label={texts.steps}>
      <ol className={`plain-list ${styles.steps}`}>
        {installSteps.map((step, index) => {
          const words = (
            <>
              <span className={styles.number} aria-hidden>
                {index < current ? <Check size={14} /> : index + 1}
              </span>
              <span className={styles.title}>{texts.stepTitles[step]}</span>
            </>
          )
          return (
            <li key={step} className={styles.step} data-done={index < current} aria-current={step === at && 'step'}>
              {step !== at && isReachable(step, facts) ? (
                <Link to="/plugins/$pluginId/install" params={{ pluginId }} search={{ step }} className={styles.link}>
                  {words}
                </Link>
              ) : (
                <span className={styles.link}>{words}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
