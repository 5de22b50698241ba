import { useState } from 'react'
import styles from './plugin-icon.module.css'

/** A plugin's icon; its first letter on a colour of its own where there is none, or it does not come. */
export function PluginIcon({
  id,
  name,
  icon,
  size = 48,
}: {
  id: string
  name: string
  icon: string | null
  size?: number
}) {
  const [failed, setFailed] = useState<string>()
  const box = { width: size, height: size }
  if (icon && icon !== failed) {
    return (
      <img
        src={icon}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        className={styles.icon}
        style={box}
        onError={() => setFailed(icon)}
      />
    )
  }
  return (
    <span aria-hidden className={styles.letter} style={{ ...box, fontSize: size / 2.2, '--hue': hueOf(id) } as never}>
      {[...name.trim()][0]?.toLocaleUpperCase()}
    </span>
  )
}

/** The same for an id wherever it is shown, 0 to 359. */
function hueOf(id: string): number {
  let hue = 0
  for (const letter of id) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360
  return hue
}
