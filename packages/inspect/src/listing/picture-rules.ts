import { type Finding, findingsOf, type RuleTable } from '@plexica/manifest-schema/validate'
import { SaxesParser } from 'saxes'
import { printable } from '../archive/printable.ts'

/** A picture is what its name says, and nothing but a picture: an SVG is a document and may hold more. */
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
    severity: 'error',
    summary: 'An SVG that is not well-formed XML, or that declares entities, cannot be judged: anything may be in it.',
    fix: 'Export the picture again, without a document type.',
  },
  'picture-wrong-type': {
    severity: 'warning',
    summary: 'A picture holds something else than the ending of its name says, so browsers will not show it.',
    fix: 'Give the file the ending of what it is, or export it again.',
  },
} as const satisfies RuleTable

type PictureRule = keyof typeof pictureRules

const finding = findingsOf(pictureRules)
const scripts: ReadonlySet<string> = new Set(['script', 'handler', 'listener'])
const foreign: ReadonlySet<string> = new Set([
  'foreignobject',
  'iframe',
  'frame',
  'embed',
  'object',
  'audio',
  'video',
  'html',
  'body',
])
/** Attributes that hold an address, and those by which an animation gives one to another attribute. */
const addresses: ReadonlySet<string> = new Set(['href', 'src', 'action', 'data', 'from', 'to', 'by', 'values'])
/** Known by their first bytes; `?` stands for any byte. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  png: ['\x89PNG\r\n\x1a\n'],
  jpg: ['\xff\xd8\xff'],
  jpeg: ['\xff\xd8\xff'],
  gif: ['GIF87a', 'GIF89a'],
  webp: ['RIFF????WEBP'],
  avif: ['????ftypavif', '????ftypavis', '????ftypmif1'],
  bmp: ['BM'],
  ico: ['\0\0\x01\0'],
}

/** Judges one picture by its whole content. Files that are no pictures by their name have no findings. */
export function pictureFindings({ path, bytes }: { path: string; bytes: Uint8Array }): Finding[] {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (ending === 'svg') return scanPicture({ path, text: new TextDecoder().decode(bytes) })
  const known = Object.hasOwn(beginnings, ending) ? beginnings[ending] : undefined
  if (known === undefined || known.some((beginning) => beginsWith(bytes, beginning))) return []
  return [finding('picture-wrong-type', `${printable(path)} does not hold what its ending says.`, { path })]
}

function beginsWith(bytes: Uint8Array, beginning: string): boolean {
  return [...beginning].every((character, index) => character === '?' || bytes[index] === character.charCodeAt(0))
}

/** What an SVG holds besides a picture. Each kind is said once. */
export function scanPicture({ path, text }: { path: string; text: string }): Finding[] {
  const found = new Map<PictureRule, Finding>()
  const parser = new SaxesParser({ position: true })
  const report = (code: PictureRule, message: string) => {
    if (!found.has(code)) found.set(code, finding(code, message, { path, line: Math.max(1, parser.line) }))
  }
  let root: string | undefined
  // What stands in a style has no elements of its own.
  let inStyle = false
  parser.on('doctype', (content) => {
    if (content.includes('[')) report('picture-unreadable', 'The picture declares entities of its own.')
  })
  parser.on('processinginstruction', ({ target }) => {
    if (target === 'xml-stylesheet') report('picture-external-reference', 'The picture names a style sheet elsewhere.')
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = localName(name)
    root ??= element
    inStyle = element === 'style'
    if (scripts.has(element)) report('picture-script', `The picture has a <${printable(name)}>.`)
    if (foreign.has(element)) report('picture-foreign-content', `The picture has a <${printable(name)}>.`)
    for (const [attribute, value] of Object.entries(attributes)) checkAttribute(attribute, value)
  })
  const checkStyle = (style: string) => {
    if (loads(style)) report('picture-external-reference', 'A style of the picture loads something.')
  }
  const checkContent = (content: string) => {
    if (inStyle) checkStyle(content)
  }
  parser.on('text', checkContent)
  parser.on('cdata', checkContent)
  parser.on('closetag', () => {
    inStyle = false
  })
  try {
    parser.write(text).close()
  } catch (error) {
    // A browser stops here too, so that what follows is nothing to anybody.
    const reason = error instanceof Error ? error.message : String(error)
    report('picture-unreadable', `The picture is not well-formed XML: ${printable(reason)}.`)
  }
  if (root !== undefined && root !== 'svg') {
    const message = `${printable(path)} begins with <${printable(root)}>, which is no SVG.`
    found.set('picture-wrong-type', finding('picture-wrong-type', message, { path }))
  }
  return [...found.values()]

  function checkAttribute(attribute: string, value: string): void {
    const name = localName(attribute)
    const targets = name === 'values' ? value.split(';') : [value]
    if (/^on[a-z]/.test(name)) report('picture-script', `The picture has the handler ${printable(attribute)}.`)
    if (name === 'attributename' && /^on/i.test(value.trim())) {
      report('picture-script', 'An animation of the picture sets a handler.')
    }
    for (const target of addresses.has(name) ? targets : []) checkAddress(target)
    checkStyle(value)
  }

  function checkAddress(address: string): void {
    // Browsers drop these before they look at the scheme (URL Standard).
    const target = address.replace(/[\s\p{Cc}]+/gu, '').toLowerCase()
    if (/^(?:javascript|vbscript|data:(?:text|application|image\/svg))/.test(target)) {
      report('picture-script', 'The picture has a link that runs code.')
    } else if (/^(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/.test(target) && !target.startsWith('data:')) {
      report('picture-external-reference', `The picture refers to ${printable(target)}.`)
    }
  }
}

/** Whether a style loads something. Letters may be written as escapes (CSS Syntax, 4.3.7). */
function loads(style: string): boolean {
  const plain = style.replaceAll(/\\([0-9a-f]{1,6})\s?/gi, (_, digits: string) =>
    String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10ffff)),
  )
  return /@import|(?:url|src|image|image-set)\(\s*(?:['"]\s*)?(?!data:)(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(plain)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}
