import { limits } from '@plexica/manifest-schema/validate'
import { PackageOpen } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { buttonClass } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './choose-package.module.css'
import type { Publishing } from './use-publishing.ts'

const most = limits.packageBytes.max

/** Takes a package, dropped or chosen. What cannot be one is said before a byte leaves. */
export function ChoosePackage({ publishing }: { publishing: Publishing }) {
  const texts = useTexts().publish
  const { bytes } = useFormat()
  const id = useId()
  const [problem, setProblem] = useState<string>()
  const [over, setOver] = useState(false)

  const take = (file: File | undefined) => {
    if (!file) return
    if (!/\.(tar\.gz|tgz)$/i.test(file.name)) return setProblem(texts.notPackage(file.name))
    if (file.size > most) return setProblem(texts.tooLarge(file.name, bytes(file.size), bytes(most)))
    publishing.choose(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }

  return (
    <>
      <p className={styles.lead}>{texts.chooseLead(bytes(most))}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the file input inside is the way for the keyboard */}
      <div
        className={styles.place}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <PackageOpen size={40} aria-hidden />
        <p>{texts.drop}</p>
        <input
          id={id}
          type="file"
          accept=".gz,.tgz,application/gzip"
          className="visually-hidden"
          onChange={({ target }) => {
            take(target.files?.[0])
            // The same file can be chosen again once it was mended.
            target.value = ''
          }}
        />
        <label htmlFor={id} className={`${buttonClass({ kind: 'primary' })} ${styles.button}`}>
          {texts.choose}
        </label>
        {publishing.file && <p className={styles.lead}>{publishing.file.name}</p>}
      </div>
      {problem && <Notice tone="bad" title={problem} />}
    </>
  )
}
