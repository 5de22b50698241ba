import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodFiles, goodManifest, goodPackage } from '../../inspect/test/build-package.ts'
import { publishGood } from './publish-good.ts'
import type { RegistryWithPeople } from './registry-with-people.ts'

/** What one run of a command finds: a registry, and a plugin and a tenant that no other run has. */
export interface Scene {
  readonly registry: RegistryWithPeople
  /** Id of the plugin that the run is about. Its sources lie in the folder in which the command is started. */
  readonly id: string
  /** Id of the submission that was prepared; where there is none, what looks like one. */
  readonly submission: string
  /** Admin of a tenant of its own. */
  readonly admin: Awaited<ReturnType<RegistryWithPeople['person']>>
  readonly tenant: string
}

/** What the sources of a plugin have beside those of a small one, so that nothing is found in them. */
export const flawless = {
  changes: {
    description: goodManifest.description,
    repository: goodManifest.repository,
    screenshots: goodManifest.screenshots,
  },
  files: {
    'README.md': goodFiles()['README.md'] as string,
    'assets/card.png': goodFiles()['assets/card.png'] as Buffer,
  },
}

/** How a command is called by somebody who knows what it needs. */
export interface CommandRow {
  /** Whose key it is called with. */
  readonly as: 'ann' | 'root' | 'admin'
  /** Puts there what it finds at the registry. */
  readonly prepare?: (scene: Omit<Scene, 'submission'>) => Promise<unknown>
  /** What was run on the machine before, and what was piped into that. */
  readonly before?: readonly string[]
  /** Everything that it needs, arguments and options. */
  readonly given: (scene: Scene) => readonly string[]
  /** The same without what people are asked for in a terminal. */
  readonly missing?: CommandRow['given']
  /** Anybody may, without a key. */
  readonly public?: true
  /** Whether the key is piped into it. */
  readonly keyPiped?: true
  /** How its answer begins, where other lines come first. */
  readonly answer?: RegExp
  /** How it is called so that it waits, where it can. */
  readonly waiting?: CommandRow['given']
  /** It gets Ctrl-C when its words have this, as it would wait or run on. */
  readonly stopAt?: RegExp
}

type Prepared = Omit<Scene, 'submission'>

const submitted = ({ registry, id }: Prepared) =>
  registry.ann.client.publishPlugin({ body: inChunks(goodPackage({ manifest: { id } })) })

const published = ({ registry, id }: Prepared) => publishGood(registry, { manifest: { id } })

const installed = async (scene: Prepared) => {
  await published(scene)
  await scene.admin.client.installPlugin({
    params: { tenantId: scene.tenant, pluginId: scene.id },
    body: { grantedPermissions: ['orders:read'] },
  })
}

const outdated = async (scene: Prepared) => {
  await installed(scene)
  await publishGood(scene.registry, { manifest: { id: scene.id, version: '1.1.0' } })
}

const idAlone = ({ id }: Scene) => [id]
const version = ({ id }: Scene) => [`${id}@1.0.0`]
const nothing = () => []

/** One row for each command. A command without one fails the test, and so does a row without a command. */
export const commandRows: Readonly<Record<string, CommandRow>> = {
  init: {
    as: 'ann',
    missing: nothing,
    given: ({ id }) => ['new', '--id', id, '--name', 'Sales chart', '--template', 'frontend', '--author', 'Ann'],
  },
  validate: { as: 'ann', given: nothing },
  dev: { as: 'ann', given: () => ['--port', '0'], stopAt: /until Ctrl-C/ },
  build: { as: 'ann', given: nothing },
  pack: { as: 'ann', given: nothing },
  publish: {
    as: 'ann',
    given: nothing,
    waiting: () => ['--wait', '--timeout', '30'],
    stopAt: /waiting at position/,
    answer: /^Submitted/,
  },
  submit: {
    as: 'ann',
    prepare: ({ registry, id }) =>
      registry.ann.client.publishPlugin({
        query: { submit: false },
        body: inChunks(goodPackage({ manifest: { id } })),
      }),
    given: version,
  },
  status: {
    as: 'ann',
    prepare: ({ registry, id }) => publishGood(registry, { manifest: { id, version: '1.2.3' } }),
    given: nothing,
  },
  versions: { as: 'ann', prepare: published, public: true, given: idAlone },
  yank: {
    as: 'ann',
    prepare: published,
    given: (scene) => [...version(scene), '--reason', 'It loses orders'],
    missing: version,
  },
  unyank: {
    as: 'ann',
    prepare: async (scene) => {
      await published(scene)
      const params = { pluginId: scene.id, version: '1.0.0' }
      await scene.registry.ann.client.yankVersion({ params, body: { reason: 'It loses orders' } })
    },
    given: version,
  },
  deprecate: {
    as: 'ann',
    prepare: published,
    given: ({ id }) => [id, '--reason', 'No longer maintained'],
    missing: idAlone,
  },
  'review list': {
    as: 'root',
    prepare: submitted,
    given: ({ id }) => ['--plugin', id],
    missing: ({ id }) => ['--plugin', id],
  },
  'review show': { as: 'root', prepare: submitted, given: version },
  'review diff': { as: 'root', prepare: submitted, given: version },
  'review claim': { as: 'root', prepare: submitted, given: version },
  'review release': {
    as: 'root',
    prepare: async (scene) => {
      const { submission } = await submitted(scene)
      await scene.registry.root.client.claimSubmission({ params: { submissionId: submission as string }, body: {} })
    },
    given: version,
  },
  'review approve': { as: 'root', prepare: submitted, given: ({ submission }) => [submission], missing: version },
  'review reject': {
    as: 'root',
    prepare: submitted,
    given: (scene) => [...version(scene), '--reason', 'The icon is blurred'],
    missing: version,
  },
  'review walk': { as: 'root', given: nothing },
  search: { as: 'admin', prepare: published, public: true, given: idAlone },
  info: { as: 'admin', prepare: published, public: true, given: idAlone },
  install: { as: 'admin', prepare: published, given: ({ id }) => [id, '--grant-all'], missing: idAlone },
  list: { as: 'admin', prepare: installed, given: nothing },
  configure: { as: 'admin', prepare: installed, given: ({ id }) => [id, '--set', 'shop=Tea'], missing: idAlone },
  outdated: { as: 'admin', prepare: outdated, given: nothing },
  update: { as: 'admin', prepare: outdated, given: idAlone, missing: nothing },
  rollback: {
    as: 'admin',
    prepare: async (scene) => {
      await outdated(scene)
      const { admin, tenant, id } = scene
      await admin.client.updateInstallation({ params: { tenantId: tenant, pluginId: id }, body: {} })
    },
    given: idAlone,
  },
  enable: {
    as: 'admin',
    prepare: async (scene) => {
      await installed(scene)
      const { admin, tenant, id } = scene
      await admin.client.disablePlugin({ params: { tenantId: tenant, pluginId: id } })
    },
    given: idAlone,
  },
  disable: { as: 'admin', prepare: installed, given: idAlone },
  uninstall: { as: 'admin', prepare: installed, given: ({ id }) => [id, '--yes'], missing: idAlone },
  rate: { as: 'admin', prepare: installed, given: ({ id }) => [id, '--stars', '5'], missing: idAlone },
  login: { as: 'ann', given: () => ['--with-key-stdin'], missing: nothing, keyPiped: true },
  logout: { as: 'ann', before: ['login', '--with-key-stdin'], given: nothing },
  whoami: { as: 'ann', given: nothing },
  'keys create': { as: 'admin', given: () => ['--permission', 'rating:write', '--expires', '90d'] },
  'keys list': { as: 'admin', given: nothing },
  'keys revoke': { as: 'admin', given: ({ admin }) => [admin.keyId] },
  doctor: { as: 'ann', given: nothing },
  completion: { as: 'ann', given: () => ['bash'] },
}
