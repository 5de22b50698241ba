import createDOMPurify from 'dompurify'
import { Marked } from 'marked'
import { useMemo } from 'react'
import styles from './markdown.module.css'
import { plainTags } from './plain-tags.ts'

const marked = new Marked({
  gfm: true,
  async: false,
  renderer: {
    // Tasks of a list are shown, not ticked.
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    html: ({ text }) => plainTags(text),
  },
})

/** Makes text harmless. Pictures are loaded from below the address `pictures` only; of others the description shows. */
function purifierFor(pictures: string | undefined) {
  const purifier = createDOMPurify(window)
  purifier.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName === 'A') {
      node.setAttribute('rel', 'noopener noreferrer nofollow ugc')
      const href = node.getAttribute('href') ?? ''
      if (/^https?:/i.test(href)) node.setAttribute('target', '_blank')
      // Relative to the package there is no page, and ours are not the plugin's to lead to.
      else if (!/^mailto:/i.test(href)) node.removeAttribute('href')
    }
    if (node.nodeName === 'IMG') {
      node.setAttribute('loading', 'lazy')
      if (!node.hasAttribute('alt')) node.setAttribute('alt', '')
      const address = pictureAddress(node.getAttribute('src') ?? '', pictures)
      if (address) node.setAttribute('src', address)
      else node.removeAttribute('src')
    }
    // The page's own headings stand above the text's.
    const heading = /^H([1-6])$/.exec(node.nodeName)
    if (heading) {
      node.setAttribute('role', 'heading')
      node.setAttribute('aria-level', String(Math.min(6, Number(heading[1]) + 2)))
    }
  })
  return purifier
}

function pictureAddress(source: string, pictures: string | undefined): string | undefined {
  if (/^data:image\//i.test(source)) return source
  if (!pictures) return undefined
  const address = URL.parse(source, pictures)?.href
  return address?.startsWith(pictures) ? address : undefined
}

/** Tags that Markdown makes, and nothing that could carry a script, a style or a form elsewhere. */
const allowed = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'select',
    'textarea',
    'video',
    'audio',
    'iframe',
    'svg',
    'math',
    'dialog',
    'picture',
    'source',
  ],
  FORBID_ATTR: ['style', 'class', 'id', 'name', 'srcset', 'background', 'poster'],
  ALLOW_DATA_ATTR: false,
}

export default function MarkdownText({ text, pictures }: { text: string; pictures: string | undefined }) {
  const purifier = useMemo(() => purifierFor(pictures), [pictures])
  const html = useMemo(() => purifier.sanitize(marked.parse(text, { async: false }), allowed), [text, purifier])
  // Sanitized a line above.
  return <div className={styles.text} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}
