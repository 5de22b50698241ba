import type { ApiKey, KeyPermission, Role, Session } from '@plexica/api'
import { keyPermissions } from '@plexica/api/permissions'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Choice, ChoiceGroup, SelectField, TextField } from '../design/field.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './keys.module.css'
import {
  expiryOf,
  type Lifetime,
  lifetimesUntil,
  type NewKey,
  type NewKeyProblem,
  needsTenant,
  pluginIdsOf,
  problemsOf,
  rolesOf,
} from './new-key.ts'

/** How far the key reaches that makes another. */
type OwnReach = Pick<ApiKey, 'permissions' | 'plugins' | 'expiresAt'>

/** What a new key is for. Only what its maker may give is offered. */
export function CreateKeyForm({
  id,
  session,
  reach,
  onCreate,
  problem,
}: {
  id: string
  session: Session
  reach: OwnReach
  onCreate: (key: NewKey) => void
  problem: ReactNode
}) {
  const words = useTexts().keys
  const { time } = useFormat()
  const isAdmin = session.role === 'super-admin'
  const [role, setRole] = useState<Role>(rolesOf(session.role)[0] ?? session.role)
  const [narrowed, setNarrowed] = useState(reach.permissions !== null)
  const [problems, setProblems] = useState<readonly NewKeyProblem[]>([])
  // Who came with a token is a person, whose keys may outlast it.
  const ownEnd = isAdmin || session.keyId === null ? null : reach.expiresAt
  const wrong = (name: NewKeyProblem, words: string) => (problems.includes(name) ? words : undefined)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    const tenantId = isAdmin ? text('tenantId') : (session.tenantId ?? '')
    const plugins = pluginIdsOf(text('plugins'))
    const expiresAt = expiryOf(text('lifetime') as Lifetime, new Date(), ownEnd)
    const key: NewKey = {
      subject: isAdmin ? text('subject') : session.subject,
      role,
      ...(tenantId ? { tenantId } : {}),
      ...(narrowed ? { permissions: data.getAll('permissions') as KeyPermission[] } : {}),
      ...(plugins.length > 0 ? { plugins } : {}),
      ...(text('description') ? { description: text('description') } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    }
    const found = problemsOf(key)
    setProblems(found)
    if (found.length === 0) onCreate(key)
  }

  return (
    <form id={id} onSubmit={submit} className={styles.form} noValidate>
      {isAdmin && (
        <TextField
          name="subject"
          label={words.subject}
          hint={words.subjectHint}
          error={wrong('subject', words.subjectInvalid)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <RoleField role={role} roles={rolesOf(session.role)} onRole={setRole} />
      {isAdmin && (
        <TextField
          name="tenantId"
          label={words.tenant}
          hint={words.tenantHint}
          optional={needsTenant(role) ? undefined : words.optional}
          error={wrong('tenantId', words.tenantMissing)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <TextField
        name="description"
        label={words.description}
        hint={words.descriptionHint}
        optional={words.optional}
        maxLength={200}
        autoComplete="off"
      />
      <SelectField
        name="lifetime"
        label={words.expiry}
        hint={ownEnd === null ? undefined : words.expiryHint(time(ownEnd))}
        defaultValue={ownEnd === null ? '90' : 'own'}
      >
        {lifetimesUntil(ownEnd, new Date()).map((one) => (
          <option key={one} value={one}>
            {one === 'own' ? words.asOwn : words.expiries[one]}
          </option>
        ))}
      </SelectField>
      <TextField
        name="plugins"
        label={words.plugins}
        hint={words.pluginsHint}
        optional={reach.plugins ? undefined : words.optional}
        defaultValue={reach.plugins?.join(' ')}
        error={wrong('plugins', words.pluginsInvalid)}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      <Choice
        label={words.narrow}
        checked={narrowed}
        disabled={reach.permissions !== null}
        onChange={({ target }) => setNarrowed(target.checked)}
      />
      {narrowed && (
        <PermissionChoices
          permissions={reach.permissions ?? (isAdmin ? keyPermissions : session.permissions)}
          error={wrong('permissions', words.permissionsMissing)}
        />
      )}
      {problem}
    </form>
  )
}

function RoleField({ role, roles, onRole }: { role: Role; roles: readonly Role[]; onRole: (role: Role) => void }) {
  const texts = useTexts()
  return (
    <SelectField
      label={texts.keys.role}
      value={role}
      onChange={({ target }) => onRole(roles.find((one) => one === target.value) ?? role)}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {texts.app.roles[one]}
        </option>
      ))}
    </SelectField>
  )
}

function PermissionChoices({
  permissions,
  error,
}: {
  permissions: readonly KeyPermission[]
  error: string | undefined
}) {
  const texts = useTexts().keys
  return (
    <ChoiceGroup legend={texts.permissionsTitle}>
      <div className={styles.permissions}>
        {permissions.map((one) => (
          <Choice key={one} name="permissions" value={one} label={<code>{one}</code>} hint={texts.permissions[one]} />
        ))}
      </div>
      <p role="alert">{error}</p>
    </ChoiceGroup>
  )
}
