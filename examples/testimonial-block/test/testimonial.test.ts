import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ComponentProps, createElement } from 'react'
import { renderToString } from 'react-dom/server'
import './load-tsx.ts'

const { Testimonial, TestimonialWall } = await import('../src/index.tsx')
const { Markdown } = await import('../src/markdown.tsx')

const plexica = { tenantId: 'acme', configuration: {}, request: async () => undefined }
const single = (props: Omit<ComponentProps<typeof Testimonial>, 'plexica'>) =>
  renderToString(createElement(Testimonial, { plexica, ...props }))
const wall = (props: Omit<ComponentProps<typeof TestimonialWall>, 'plexica'>) =>
  renderToString(createElement(TestimonialWall, { plexica, ...props }))
const markdown = (text: string) => renderToString(createElement(Markdown, { text }))

test('Markdown becomes elements', () => {
  assert.equal(
    markdown('It is **really** _good_, see [why](https://example.com).'),
    '<p>It is <strong>really</strong> <em>good</em>, see <a href="https://example.com" rel="nofollow noopener">why</a>.</p>',
  )
  assert.equal(markdown('- one\n- two'), '<ul><li>one</li><li>two</li></ul>')
  assert.equal(markdown('# Big'), '<p><strong>Big</strong></p>')
  assert.equal(markdown('one\ntwo'), '<p>one<br/>two</p>')
})

test('HTML in Markdown stays text, and no dangerous link gets through', () => {
  for (const attack of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'Fine <b onclick="alert(1)">words</b>',
    '[click](javascript:alert(1))',
    '[click](<java&#10;script:alert(1)>)',
    '![x](javascript:alert(1))',
    '[a]: javascript:alert(1)\n\n[a]',
    '<https://example.com/"onmouseover="alert(1)>',
    '```\n</code><script>alert(1)</script>\n```',
    '| a |\n| --- |\n| <img src=x onerror=alert(1)> |',
  ]) {
    const html = markdown(attack)
    assert.doesNotMatch(html, /<(?:script|img|b)\b/, attack)
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
      const address = href.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
      assert.equal(new URL(address, 'https://shop.example.com').protocol, 'https:', attack)
    }
    assert.doesNotMatch(html, /<[^>]*\son\w+=/, attack)
  }
})

test('a testimonial shows its words, stars, author and link', () => {
  const html = single({
    quote: 'We _saved_ a week.',
    author: 'Ada Lovelace',
    role: 'Engineer',
    stars: 4.5,
    layout: 'side',
    alignment: 'center',
    accent: '#aa0011',
    link: { label: 'Read the story', url: '/stories/ada' },
  })
  assert.match(html, /<em>saved<\/em>/)
  assert.match(html, /aria-label="4\.5 of 5 stars"/)
  assert.match(html, />AL<\/span>/)
  assert.match(html, /testimonial-block-side testimonial-block-center/)
  assert.match(html, /--testimonial-block-accent:#aa0011/)
  assert.match(html, /<a class="testimonial-block-link" href="\/stories\/ada">Read the story<\/a>/)
})

test('an empty block says what to do and a hostile link is left out', () => {
  assert.match(single({}), /Write the quote here/)
  assert.doesNotMatch(single({ link: { label: 'Go', url: 'javascript:alert(1)' } }), /<a /)
})

test('the wall shows every quote with words, also two that are the same', () => {
  const html = wall({
    heading: 'Loved',
    columns: 99,
    quotes: [{ quote: 'Good.', author: 'A' }, { quote: 'Good.', author: 'A' }, { author: 'silent' }],
  })
  assert.equal(html.match(/<li>/g)?.length, 2)
  assert.match(html, /--testimonial-block-columns:4/)
  assert.match(wall({}), /Add the first quote/)
})
