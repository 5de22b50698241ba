import createDOMPurify from 'dompurify'
import { Marked } from 'marked'
import { useMemo } from 'react'
import styles from './markdown.module.css'

const marked = new Marked({ gfm: true, async: false })

const purifier = createDOMPurify(window)
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.nodeName === 'A') {
    node.setAttribute('rel', 'noopener noreferrer nofollow ugc')
    if (/^https?:/i.test(node.getAttribute('href') ?? '')) node.setAttribute('target', '_blank')
  }
  if (node.nodeName === 'IMG') {
    node.setAttribute('loading', 'lazy')
    if (!node.hasAttribute('alt')) node.setAttribute('alt', '')
  }
  // Tasks of a list are shown, not ticked.
  if (node.nodeName === 'INPUT') node.setAttribute('disabled', '')
  // The page's own headings stand above the text's.
  const heading = /^H([1-6])$/.exec(node.nodeName)
  if (heading) {
    node.setAttribute('role', 'heading')
    node.setAttribute('aria-level', String(Math.min(6, Number(heading[1]) + 2)))
  }
})

/** Tags that Markdown makes, and nothing that could carry a script, a style or a form elsewhere. */
const allowed = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'button', 'select', 'textarea', 'video', 'audio', 'iframe', 'svg', 'math', 'dialog'],
  FORBID_ATTR: ['style', 'class', 'id', 'name'],
  ALLOW_DATA_ATTR: false,
}

export default function MarkdownText({ text }: { text: string }) {
  const html = useMemo(() => purifier.sanitize(marked.parse(text, { async: false }), allowed), [text])
  // Sanitized a line above.
  return <div className={styles.text} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}
