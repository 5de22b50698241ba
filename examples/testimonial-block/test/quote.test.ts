import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  choiceOf,
  colourOf,
  initials,
  linkAddress,
  pictureAddress,
  readQuote,
  readQuotes,
  starsOf,
} from '../src/quote.ts'

test('a quote is read from whatever a page has saved', () => {
  const empty = { text: '', author: '', role: '', stars: 0, photo: '' }
  assert.deepEqual(readQuote({ quote: ' Good. ', author: 'Ada', role: 7, stars: 4.3, photo: '/ada.jpg' }), {
    text: 'Good.',
    author: 'Ada',
    role: '',
    stars: 4.5,
    photo: '/ada.jpg',
  })
  for (const nothing of [undefined, null, 'Good.', 3]) assert.deepEqual(readQuote(nothing), empty)
  assert.deepEqual(readQuotes([{ quote: '  ' }, null]), [])
  assert.deepEqual(readQuotes('Good.'), [])
})

test('stars stay between 0 and 5 and in halves', () => {
  assert.deepEqual([-3, 0, 0.2, 3.4, 4.75, 12, Number.NaN, '5'].map(starsOf), [0, 0, 0, 3.5, 5, 5, 0, 0])
})

test('initials are the first and the last name', () => {
  assert.deepEqual(['Ada Lovelace', 'élodie', 'Juan de la Cruz', '𝒜da', ''].map(initials), ['AL', 'É', 'JC', '𝒜', ''])
})

test('colours and choices are those that the fields offer', () => {
  assert.equal(colourOf('#AbC', '#000000'), '#AbC')
  for (const bad of ['red', '#12345', 'url(https://example.com)', '#fff;position:fixed', null]) {
    assert.equal(colourOf(bad, '#000000'), '#000000')
  }
  assert.equal(choiceOf('plain', ['card', 'plain']), 'plain')
  assert.equal(choiceOf('neon', ['card', 'plain']), 'card')
})

test('links lead to pages and mailboxes', () => {
  for (const good of [
    'https://example.com/a?b#c',
    'http://example.com',
    'mailto:ada@example.com',
    '/pricing',
    '#top',
  ]) {
    assert.equal(linkAddress(good), good)
  }
})

test('links that would run something are no links', () => {
  for (const bad of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://',
    { toString: () => 'https://example.com' },
  ]) {
    assert.equal(linkAddress(bad), '', JSON.stringify(bad))
    assert.equal(pictureAddress(bad), '', JSON.stringify(bad))
  }
})

test('a picture may be embedded, but not as a document', () => {
  assert.equal(pictureAddress('data:image/png;base64,AAAA'), 'data:image/png;base64,AAAA')
  assert.equal(pictureAddress('data:image/svg+xml,<svg onload="alert(1)"/>'), '')
  assert.equal(pictureAddress('mailto:ada@example.com'), '')
})
