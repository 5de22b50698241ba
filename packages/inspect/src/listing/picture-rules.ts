import { type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema/validate'
import { SaxesParser } from 'saxes'

/** SVG is a document, and may hold more than a picture. */
export const pictureRules = {
  'picture-script': {
    severity: 'error',
    summary: 'An SVG with a script, an event handler or a `javascript:` link runs code where it is opened by itself.',
    fix: 'Export the picture without interactivity.',
  },
  'picture-foreign-content': {
    severity: 'error',
    summary: 'An SVG with foreign content, such as HTML or a frame, is a page and not a picture.',
    fix: 'Export the picture with shapes and text only.',
  },
  'picture-external-reference': {
    severity: 'error',
    summary: 'An SVG that loads something from another place tells that place who looks at it.',
    fix: 'Embed what it needs, or use a picture without references.',
  },
  'picture-unreadable': {
    severity: 'warning',
    summary: 'An SVG that is not well-formed XML is shown broken, or not at all.',
    fix: 'Export the picture again.',
  },
} as const satisfies RuleTable

const finding = findingsOf(pictureRules)
const foreign = new Set(['foreignobject', 'iframe', 'embed', 'object', 'audio', 'video'])
const link = new Set(['href', 'src', 'from', 'to', 'values', 'by'])

/** What an SVG holds besides a picture. Every kind is said once. */
export function scanPicture({ path, text }: { path: string; text: string }): Finding[] {
  const found = new Map<keyof typeof pictureRules, Finding>()
  const report = (code: keyof typeof pictureRules, message: string, line: number) => {
    if (!found.has(code)) found.set(code, finding(code, message, { path, line }))
  }
  const parser = new SaxesParser({ position: true })
  parser.on('opentag', ({ name, attributes }) => {
    const element = localName(name)
    if (element === 'script' || element === 'handler' || element === 'listener') {
      report('picture-script', `\`${path}\` has a <${name}>.`, parser.line)
    }
    if (foreign.has(element)) report('picture-foreign-content', `\`${path}\` has a <${name}>.`, parser.line)
    for (const [attribute, value] of Object.entries(attributes)) checkAttribute(attribute, value)
  })
  parser.on('text', (content) => {
    if (loadsFromElsewhere(content))
      report('picture-external-reference', `A style in \`${path}\` loads something.`, parser.line)
  })
  parser.on('processinginstruction', ({ target }) => {
    if (target === 'xml-stylesheet')
      report('picture-external-reference', `\`${path}\` has a style sheet elsewhere.`, parser.line)
  })
  parser.on('error', (error) => {
    report(
      'picture-unreadable',
      `\`${path}\` is not well-formed: ${error.message.slice(0, 100)}.`,
      Math.max(1, parser.line),
    )
  })
  parser.write(text).close()
  return [...found.values()]

  function checkAttribute(attribute: string, value: string): void {
    const name = localName(attribute)
    const target = value.replace(/[\s\u0000-\u001f]+/g, '').toLowerCase()
    if (/^on[a-z]/.test(name)) report('picture-script', `\`${path}\` has the handler ${attribute}.`, parser.line)
    if (link.has(name) && /^(javascript|vbscript|data:text\/html|data:image\/svg)/.test(target)) {
      report('picture-script', `\`${path}\` has a link that runs code.`, parser.line)
    } else if (link.has(name) && /^(https?:|ftp:|\/\/)/.test(target)) {
      report('picture-external-reference', `\`${path}\` refers to ${value.trim().slice(0, 80)}.`, parser.line)
    }
    if (loadsFromElsewhere(value))
      report('picture-external-reference', `A style in \`${path}\` loads something.`, parser.line)
  }
}

function loadsFromElsewhere(style: string): boolean {
  return /url\(\s*['"]?\s*(https?:|ftp:|\/\/)|@import/i.test(style)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
