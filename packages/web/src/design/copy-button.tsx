import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { Button } from './button.tsx'

/** How long it says that it copied, in milliseconds. */
const stay = 2_000

/** Copies a text, and says that it did. */
export function CopyButton({ text, small = true }: { text: string; small?: boolean }) {
  const texts = useTexts().design
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(setCopied, stay, false)
  }
  return (
    <Button
      small={small}
      onClick={() => void copy()}
      icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    >
      <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
    </Button>
  )
}
