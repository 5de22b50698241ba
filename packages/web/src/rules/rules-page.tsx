import { useLocation } from '@tanstack/react-router'
import { Fragment, useEffect } from 'react'
import reference from '../../../../docs/reference/rules.md?raw'
import { Badge } from '../design/badge.tsx'
import { Page } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'
import { readRules } from './read-rules.ts'
import styles from './rules-page.module.css'

const rules = readRules(reference)
const tones = { error: 'bad', warning: 'warn', info: 'info' } as const

/** Every rule about packages, each at an address of its own: `/rules#code`. */
export function RulesPage() {
  const texts = useTexts().publish
  const { hash } = useLocation()
  // Newer browsers answer with a promise, which is no clean-up.
  useEffect(() => void document.getElementById(hash)?.scrollIntoView(), [hash])
  return (
    <Page title={texts.rulesTitle} lead={texts.rulesLead}>
      <ul className={`plain-list ${styles.rules}`}>
        {rules.map(({ code, severity, what, fix }) => (
          <li key={code} id={code} className={styles.rule} data-selected={code === hash || undefined}>
            <h2 className={styles.code}>
              <code>{code}</code> <Badge tone={tones[severity]}>{texts.severities[severity]}</Badge>
            </h2>
            <p>
              <WithCode text={what} />
            </p>
            <p className={styles.fix}>
              {texts.fix}: <WithCode text={fix} />
            </p>
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** Words between backticks are code. */
function WithCode({ text }: { text: string }) {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? <Fragment key={index}>{part}</Fragment> : <code key={index}>{part}</code>))
}
