import type { Client, VersionSummary } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { UnyankInput, YankInput } from '../commands/yank.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readVersionName } from '../marketplace/plugin-name.ts'
import { readSettings } from '../settings.ts'

/** Withdraws a version, after saying how many tenants run it. */
export async function yankVersion(input: YankInput, context: Context): Promise<Outcome> {
  const { reason } = input
  if (!reason?.trim()) {
    throw failure('answer_missing', 'A yank needs its reason, which everybody reads.', {
      fix: 'Give it with --reason "…".',
    })
  }
  return change(input, context, (client, params) =>
    client.yankVersion({ params, body: { reason }, signal: context.signal }),
  )
}

export async function unyankVersion(input: UnyankInput, context: Context): Promise<Outcome> {
  return change(input, context, (client, params) => client.unyankVersion({ params, signal: context.signal }))
}

type Change = (client: Client, params: { pluginId: string; version: string }) => Promise<VersionSummary>

async function change(input: UnyankInput, context: Context, send: Change): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const params = readVersionName(input.version)
  const client = connectWithKey(context, readSettings({ folder: cwd, env, options: input }))
  const { total } = await client.getVersionUsage({ params, signal })
  console.note(`${total} ${total === 1 ? 'tenant has' : 'tenants have'} ${params.pluginId} ${params.version} installed`)
  const version = await send(client, params)
  console.say(`${params.pluginId} ${version.version} is ${version.state}`)
  return { answer: { version, installed: total } }
}
