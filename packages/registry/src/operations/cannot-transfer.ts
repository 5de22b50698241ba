/** A backup, a restore or a move that cannot be done, said in words for the operator; nothing was changed. */
export class CannotTransfer extends Error {
  override readonly name = 'CannotTransfer'
}
