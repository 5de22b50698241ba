/** A setting that cannot be used. The message never holds the value, which may be or contain a secret. */
export class SettingProblem extends Error {
  override readonly name = 'SettingProblem'
}
