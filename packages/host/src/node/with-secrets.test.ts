import { expect, test } from 'vitest'
import { withSecrets } from './with-secrets.ts'

test('secrets stand where their names say, and what was given stays as it was', () => {
  const configuration = { origin: 'DE', mail: { host: 'mail.example' } }
  expect(withSecrets(configuration, { apiKey: 'k', 'mail.password': 'p', 'ftp.password': 'q' })).toEqual({
    origin: 'DE',
    apiKey: 'k',
    mail: { host: 'mail.example', password: 'p' },
    ftp: { password: 'q' },
  })
  expect(configuration).toEqual({ origin: 'DE', mail: { host: 'mail.example' } })
})
