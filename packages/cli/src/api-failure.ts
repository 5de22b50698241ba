import { ApiError, type ClientErrorCode } from '@plexica/api'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { hasProxies, namesProxy } from './use-proxy.ts'

/** What a registry's answer means to the shell; undefined when the error is not the registry's. */
export function failureOfApi(error: unknown): Failure | undefined {
  if (!(error instanceof ApiError)) return undefined
  const { code, message, findings } = error
  const fix = connectionFix(error) ?? fixByCode[code] ?? error.fix
  return new Failure({ code, message, exit: exitOf(code, error.status), fix, findings, cause: error })
}

/** What the registry says in the terms of its routes, in those of this program. */
const fixByCode: Partial<Record<ClientErrorCode, string>> = {
  plugin_needed: 'Uninstall or update those in the findings first, or repeat with --force.',
  already_installed: '`plexica update` changes the version, `plexica configure` the configuration.',
  installation_not_found: '`plexica list` shows what is installed, `plexica install` installs.',
  version_not_found: '`plexica versions` lists the versions there are.',
  permissions_not_granted: 'Grant each permission named in the findings with --grant.',
  hosts_not_accepted: 'Accept each host named in the findings with --accept-host.',
  key_not_found: '`plexica keys list` shows the ids.',
  submission_claimed: 'Leave it to the reviewer named in the sentence, or `plexica review claim --take-over`.',
}

/** Why a connection could not be trusted or made, where there is more to do than to look at the address. */
function connectionFix({ code, cause }: ApiError): string | undefined {
  if (code !== 'registry_unreachable') return undefined
  const reason = codeOf(cause)
  if (/CERT|SIGNED|LEAF_SIGNATURE|ISSUER/.test(reason) && !/EXPIRED|NOT_YET_VALID|ALTNAME/.test(reason)) {
    return 'Nobody known has signed its certificate. Set NODE_EXTRA_CA_CERTS to the file of your own authority (PEM).'
  }
  if (/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(reason)) {
    return 'Its certificate is out of date: tell the registry’s operator, and check this machine’s clock.'
  }
  if (/ALTNAME/.test(reason)) return 'Its certificate is for another name: use the address that the certificate names.'
  if (/WRONG_VERSION_NUMBER|ERR_SSL/.test(reason))
    return 'It does not speak TLS there: check whether the address begins with http:.'
  if (namesProxy(process.env)) {
    return hasProxies()
      ? 'Check the registry’s address and the proxy in HTTP_PROXY or HTTPS_PROXY; NO_PROXY names hosts to reach without it.'
      : 'A proxy is set, which this Node uses only with NODE_USE_ENV_PROXY=1: set that too, or check the address.'
  }
  return undefined
}

/** The innermost code: `fetch` hides it in its causes. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return codeOf(error.cause) || ('code' in error ? String(error.code) : '')
}

/** Codes that tell more than their HTTP status does. */
const exitByCode: Partial<Record<ClientErrorCode, ExitCode>> = {
  registry_unreachable: exitCodes.unreachable,
  registry_timeout: exitCodes.unreachable,
  registry_answer_invalid: exitCodes.unreachable,
  too_many_requests: exitCodes.unreachable,
}

/** The exit code for an error of the registry with this code and HTTP status. */
export function exitOf(code: string, status: number): ExitCode {
  const own = exitByCode[code as ClientErrorCode]
  if (own !== undefined) return own
  if (status === 401 || status === 403) return exitCodes.notAllowed
  if (status === 409) return exitCodes.conflict
  return status >= 500 ? exitCodes.unreachable : exitCodes.invalid
}
