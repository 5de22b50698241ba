import type { Config } from '../config.ts'
import { IssuerKeys } from './issuer-keys.ts'

/** The keys of every issuer that this registry believes, each fetched when it is first needed. */
export class TokenIssuers {
  readonly #keys = new Map<string, IssuerKeys>()

  constructor({ platformTokens, pipelineIssuers }: Pick<Config, 'platformTokens' | 'pipelineIssuers'>) {
    for (const issuer of pipelineIssuers) this.#keys.set(issuer, new IssuerKeys(issuer))
    if (platformTokens) {
      const { issuer, jwksUrl } = platformTokens
      this.#keys.set(issuer, new IssuerKeys(issuer, jwksUrl))
    }
  }

  /** Of an issuer that the settings name; any other is a mistake of the program. */
  of(issuer: string): IssuerKeys {
    const keys = this.#keys.get(issuer)
    if (!keys) throw new Error(`the settings do not name ${issuer}`)
    return keys
  }
}
