import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pictureFindings } from '../src/listing/picture-rules.ts'
import { goodFiles } from './build-package.ts'
import { processorSeconds } from './code-clock.ts'

const judge = (path: string, content: string | Uint8Array) =>
  pictureFindings({ path, bytes: Buffer.from(content) }).map(({ code }) => code)
const svg = (content: string, attributes = '') =>
  judge(
    'x.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  )

test.each([
  '<script href="#x"/>',
  '<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>',
  '<h:SCRIPT xmlns:h="http://www.w3.org/1999/xhtml">x()</h:SCRIPT>',
  '<g onclick="x()"/>',
  '<a href="javascript:x()"/>',
  '<a xlink:href=" java&#10;script&#58;x()"/>',
  '<use href="data:image/svg+xml,x"/>',
  '<animate attributeName="href" values="#a;javascript:x()"/>',
  '<set attributeName="onload" to="x()"/>',
])('%s runs code', (content) => expect(svg(content)).toContain('picture-script'))

test.each(['<foreignObject/>', '<g><iframe xmlns="http://www.w3.org/1999/xhtml"/></g>', '<x:object xmlns:x="y"/>'])(
  '%s is foreign',
  (content) => expect(svg(content)).toEqual(['picture-foreign-content']),
)

test.each([
  '<image href="https://example.com/x.png"/>',
  '<use xlink:href="//example.com/x.svg#y"/>',
  '<image href="\\\\example.com/x.png"/>',
  '<rect fill="url(https://example.com/x.svg#y)"/>',
  '<rect style="fill:url( \'//example.com/x\')"/>',
  '<style>@import "x.css";</style>',
  '<style><![CDATA[rect{fill:u\\72l(https://example.com/x)}]]></style>',
  '<style>a{background:image-set("https://example.com/x")}</style>',
])('%s loads from elsewhere', (content) => expect(svg(content)).toEqual(['picture-external-reference']))

test('so does a style sheet', () => {
  expect(judge('x.svg', '<?xml-stylesheet href="x.css"?><svg/>')).toEqual(['picture-external-reference'])
})

test.each([
  '<image href="data:image/png;base64,AAAA"/>',
  '<use href="#shape"/><rect fill="url(#gradient)" style="stroke:#fff"/>',
  '<style>rect{fill:url(#x)}</style>',
  '<text>Read url(https://example.com) and @import &amp; more</text><!-- <script> -->',
  '<animate attributeName="x" from="0" to="100" values="0;50;100"/>',
])('%s is a picture', (content) => expect(svg(content)).toEqual([]))

test.each(['<!DOCTYPE svg [<!ENTITY x "y">]><svg/>', '<svg>&x;</svg>', '<svg><g></svg>', '<svg', '', 'GIF89a'])(
  '%j cannot be read',
  (text) => expect(judge('x.svg', text)).toContain('picture-unreadable'),
)

test('the document type of an old drawing program is harmless', () => {
  const type = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
  expect(judge('x.svg', `<?xml version="1.0"?>${type}<svg/>`)).toEqual([])
})

test.each([
  ['x.png', '\x89PNG\r\n\x1a\n', []],
  ['x.jpg', '\xff\xd8\xff\xe0', []],
  ['x.JPEG', '\xff\xd8\xff\xe1', []],
  ['x.gif', 'GIF89a', []],
  ['x.webp', 'RIFF\0\0\0\0WEBPVP8 ', []],
  ['x.avif', '\0\0\0 ftypavif', []],
  ['x.ico', '\0\0\x01\0', []],
  ['x.png', 'GIF89a', ['picture-wrong-type']],
  ['x.webp', 'RIFF\0\0\0\0WAVE', ['picture-wrong-type']],
  ['x.gif', '', ['picture-wrong-type']],
  ['x.svg', '<table/>', ['picture-wrong-type']],
  ['x.txt', '<script>', []],
  ['constructor', 'x', []],
])('%s with %j: %j', (path, content, expected) => expect(judge(path, Buffer.from(content, 'latin1'))).toEqual(expected))

test('the pictures of the good package are good', () => {
  for (const path of ['assets/icon.svg', 'assets/card.png']) expect(judge(path, goodFiles()[path] ?? '')).toEqual([])
})

test('a finding tells the line, and hides what cannot be printed', () => {
  const text = '<svg>\n<image href="https://example.com/\u202e"/></svg>'
  const [finding] = pictureFindings({ path: 'x.svg', bytes: Buffer.from(text) })
  expect(finding).toMatchObject({ line: 2, message: expect.stringContaining('\\u{202e}') })
})

test('nothing makes the parser throw or wait', () => {
  const parts = [
    '<',
    '>',
    '</',
    '<svg',
    '<!DOCTYPE',
    '[',
    ']',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&',
    '#',
    ';',
    '="',
    "'",
    'x',
    ':',
    '?>',
    '<?',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (list) =>
      Array.isArray(judge('x.svg', list.join(''))),
    ),
  )
  for (const part of [...parts, ' ', 'url(', 'url( ', '\\41 ', '<g/>', ' a="b"']) {
    const seconds = processorSeconds(() => {
      judge('x.svg', `<svg>${part.repeat(100_000)}`)
      judge('x.svg', `<svg x="${part.repeat(100_000)}"/>`)
    })
    expect(seconds, part).toBeLessThan(10)
  }
}, 60_000)
