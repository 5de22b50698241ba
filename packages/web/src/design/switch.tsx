import type { InputHTMLAttributes, ReactNode } from 'react'
import styles from './switch.module.css'

interface SwitchProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode
  checked: boolean
}

/** On or off, at once: nothing has to be saved. */
export function Switch({ label, checked, ...input }: SwitchProps) {
  return (
    <label className={styles.switch}>
      <input {...input} type="checkbox" role="switch" checked={checked} aria-checked={checked} className={styles.box} />
      <span>{label}</span>
    </label>
  )
}
