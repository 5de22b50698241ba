import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanText } from '../src/code/secret-rules.ts'
import { processorSeconds } from './code-clock.ts'
import { codeFixtures, encoded, hex, mixed } from './code-fixtures.ts'

const find = (text: string, path = 'dist/bundle.js') => scanText({ path, text })
const codes = (text: string, path?: string) => find(text, path).map(({ code }) => code)

test('a finding tells the line and four characters, never the secret', () => {
  for (const { code, files } of codeFixtures.filter((fixture) => fixture.code.startsWith('secret-'))) {
    const text = files['assets/settings.json']
    if (text === undefined) continue
    const { value }: { value: string } = JSON.parse(text)
    const [finding, ...others] = find(`// settings\n\nconst x = "${value}"`)
    expect(others, code).toEqual([])
    expect(finding).toMatchObject({ code, path: 'dist/bundle.js', line: 3 })
    expect(finding?.message).toContain(`\`${value.slice(0, 4)}…\``)
    expect(finding?.message).not.toContain(value.slice(0, 6))
  }
})

test.each([
  ['the checksum of a GitHub token is wrong', ['gh', 'p_', mixed(36)]],
  ['the AWS key of the documentation', ['AK', 'IAIOSFODNN7EXAMPLE']],
  ['all the same', ['gl', 'pat-', 'x'.repeat(20)]],
  ['a few characters in turn', ['np', 'm_', 'abcabcabc'.repeat(4)]],
  ['a placeholder', ['sk', '_live_', 'yourSecretKeyGoesHere1234']],
  ['a part of a word', ['ta', 'sk', '-ant-', 'api03-', mixed(95)]],
  ['a longer hash', [hex(12), 'S', 'K', hex(32)]],
  ['a test key', ['sk', '_test_', mixed(24)]],
  ['a class name', ['sk', '-circle-fade-dot-and-other-animated-spinners']],
  ['the header of a key alone', ['-----BEGIN ', 'PRIVATE KEY-----', '"; const end = "-----END ', 'PRIVATE KEY-----"']],
  ['a public key', ['-----BEGIN ', 'PUBLIC KEY-----\n', mixed(64)]],
  [
    'the token of the introductions',
    [encoded({ alg: 'HS256' }), '.', encoded({ sub: '1', name: 'John Doe' }), '.', mixed(43)],
  ],
  ['a token about nothing', [encoded({ alg: 'HS256' }), '.', encoded({ hello: 'world' }), '.', mixed(43)]],
  ['no token at all', ['ey', 'Jhbm90aGVyIGpzb24', '.', 'ey', 'Jub3QganNvbg0000', '.', mixed(43)]],
])('%s is no secret', (_name, parts) => expect(codes(parts.join(''))).toEqual([]))

test.each([
  [
    'an encrypted key',
    ['-----BEGIN ', 'RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0\n\n', mixed(64)],
  ],
  ['a key in a literal', ['-----BEGIN ', 'EC PRIVATE KEY-----\\n" +\n    "', mixed(64)]],
  ['a key of PGP', ['-----BEGIN ', 'PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\n', mixed(64)]],
])('%s is one', (_name, parts) => expect(codes(parts.join(''))).toEqual(['secret-private-key']))

test.each([
  ['gho_ with checksum', ['gh', 'o_', 'zQWBuTSOoRi4A9spHcVY', '5ncnsDkxkJ', '0mLq17'], 'secret-github-token'],
  ['fine-grained', ['github', '_pat_', mixed(22), '_', mixed(59)], 'secret-github-token'],
  ['an app token', ['xap', 'p-1-A0B1C2D3E4-', '1234567-', hex(64)], 'secret-slack-token'],
  ['a project key', ['sk', '-proj-', mixed(40), 'T3Blb', 'kFJ', mixed(40)], 'secret-model-key'],
  ['a plain key', ['sk', '-', mixed(48)], 'secret-model-key'],
  ['a restricted key', ['rk', '_live_', mixed(30)], 'secret-stripe-key'],
])('%s is a secret', (_name, parts, code) => expect(codes(parts.join(''))).toEqual([code]))

test('an id of AWS is worse with its secret nearby, and a hash is none', () => {
  const id = ['AK', 'IA', mixed(16, 'K7QZ2XW3LMT4RCV6NHS5')].join('')
  expect(codes(`${id}\n${'-'.repeat(100)}\n${mixed(40)}`)).toEqual(['secret-aws-key'])
  expect(codes(`${id}\n${'-'.repeat(400)}\n${mixed(40)}`)).toEqual(['secret-aws-key-id'])
  expect(codes(`${id}\n${hex(40)}`)).toEqual(['secret-aws-key-id'])
})

test.each([
  ['.env', true],
  ['assets/.env.local', true],
  ['.env.example', false],
  ['dist/environment.js', false],
  ['x.env', false],
])('%s is an environment file: %s', (path, isOne) =>
  expect(codes('A=1', path)).toEqual(isOne ? ['secret-env-file'] : []),
)

test('a thousand secrets are told by twenty', () => {
  expect(find(`${['gl', 'pat-', mixed(20)].join('')}\n`.repeat(1_000))).toHaveLength(20)
})

test.each([
  ['words', 'lorem ipsum '.repeat(800_000)],
  ['beginnings', 'sk-'.repeat(3_300_000)],
  ['tokens without end', ' eyJ'.repeat(2_500_000)],
  ['keys without content', `-----BEGIN ${'PRIVATE KEY'}-----\n`.repeat(340_000)],
  ['ids without secrets', ` ${'AK'}IA`.repeat(1_900_000)],
])(
  'ten megabytes of %s take seconds at most',
  (_name, text) => {
    expect(processorSeconds(() => expect(find(text)).toEqual([]))).toBeLessThan(5)
  },
  60_000,
)

test('no text makes the search throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      Array.isArray(find(`eyJ${text}.eyJ${text}.${text} plx_${text}`)),
    ),
  )
})
