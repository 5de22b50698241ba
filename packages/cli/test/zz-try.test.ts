import { test, vi } from 'vitest'
import { changeJson, openMachine } from './machine.ts'
import { startRegistryWithPeople } from './registry-with-people.ts'
vi.setConfig({ testTimeout: 300_000 })
test('x', async () => {
  const r = await startRegistryWithPeople()
  const m = await openMachine({ PLEXICA_API_URL: r.url, PLEXICA_DEBUG: '1', PLEXICA_API_KEY: r.ann.key })
  const times = [3.6, 4, 4.4, 4.8, 5.0, 5.2, 5.4, 5.6, 5.8, 6.0, 6.2, 6.6]
  for (let round = 0; round < 3; round++) {
  const cwds = await Promise.all(times.map(async (t) => { const cwd = await m.plugin('card-r' + round + 't' + t * 10); await changeJson(cwd + '/package.json', { scripts: { test: `node -e "setTimeout(()=>{}, ${t * 1000})"` } }); return cwd }))
  const all = await Promise.all(cwds.map(async (cwd, i) => { const x = await m.run(['publish', '--dry-run'], { cwd }); if (x.status !== 0) console.log(times[i], x.stderr.slice(-2500)); return `${times[i]}:${x.status}` }))
  console.log(all.join(' '))
  }
  await m.close(); await r.stop()
})
