import { LoaderCircle } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind
  small?: boolean
  /** What was asked for is under way: it spins and cannot be asked for again. */
  busy?: boolean
  icon?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({ kind = 'plain', small = false, busy = false, icon, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ kind, small }, rest.className)}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {busy ? <LoaderCircle className={styles.spinner} size="1.1em" aria-hidden /> : icon}
      {children}
    </button>
  )
}

/** A button of a picture alone: the label is said and shown on hover. */
export function IconButton({ label, children, ...rest }: Omit<ButtonProps, 'icon'> & { label: string }) {
  return (
    <Button
      kind="quiet"
      {...rest}
      aria-label={label}
      title={label}
      className={`${styles.round} ${rest.className ?? ''}`}
    >
      {children}
    </Button>
  )
}

/** The look of a button, for links that are one. */
export function buttonClass(
  { kind = 'plain', small = false }: { kind?: ButtonKind; small?: boolean } = {},
  more = '',
): string {
  return [styles.button, styles[kind], small && styles.small, more].filter(Boolean).join(' ')
}
