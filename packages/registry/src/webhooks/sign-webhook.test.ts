import { expect, test } from 'vitest'
import { newWebhookSecret, webhookHeaders } from './sign-webhook.ts'

test('signs as the Standard Webhooks specification does in its example', () => {
  const headers = webhookHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    at: new Date(1_614_265_330_000),
  })
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('makes a secret of 32 bytes, another one each time', () => {
  const secrets = [newWebhookSecret(), newWebhookSecret()]
  for (const secret of secrets) expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32)
  expect(secrets[0]).not.toBe(secrets[1])
})
