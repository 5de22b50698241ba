import { useEffect, useRef, useState } from 'react'
import { TextAreaField } from '../design/field.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Tabs } from '../design/tabs.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './reviews-panel.module.css'

/** A text in Markdown, and how others will see it. */
export function MarkdownField({
  label,
  hint,
  value,
  onChange,
  error,
  optional,
  autoFocus = false,
}: {
  label: string
  hint: string
  value: string
  onChange: (text: string) => void
  error?: string | undefined
  optional?: string | undefined
  /** For a form that takes the place of what had the focus. */
  autoFocus?: boolean
}) {
  const texts = useTexts().ratings
  const [tab, setTab] = useState('write')
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (autoFocus) area.current?.focus()
  }, [autoFocus])
  const tabs = [
    {
      id: 'write',
      title: texts.write,
      content: (
        <TextAreaField
          {...{ label, hint, error, optional }}
          ref={area}
          rows={6}
          dir="auto"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      ),
    },
    {
      id: 'preview',
      title: texts.preview,
      content: value.trim() ? <Markdown text={value} /> : <p className={styles.soft}>{texts.nothingToPreview}</p>,
    },
  ]
  return (
    <div className={styles.editor}>
      <Tabs label={`${texts.editorTabs}: ${label}`} tabs={tabs} selected={tab} onSelect={setTab} />
    </div>
  )
}
