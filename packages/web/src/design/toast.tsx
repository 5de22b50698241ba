import { X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { IconButton } from './button.tsx'
import styles from './toast.module.css'

interface Message {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly text: string
}

type Say = (text: string, tone?: Message['tone']) => void
const ToastContext = createContext<Say>(() => {})

/** How long a good message stays, in milliseconds; a bad one stays until it is dismissed. */
const stay = 6_000
let count = 0

/** Shows short messages about what was just done, and has them read out. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const texts = useTexts().design
  const [messages, setMessages] = useState<readonly Message[]>([])
  const drop = useCallback((id: number) => setMessages((before) => before.filter((message) => message.id !== id)), [])
  const say = useCallback<Say>(
    (text, tone = 'good') => {
      const id = ++count
      setMessages((before) => [...before.slice(-2), { id, tone, text }])
      if (tone === 'good') setTimeout(drop, stay, id)
    },
    [drop],
  )
  return (
    <ToastContext.Provider value={say}>
      {children}
      <section aria-label={texts.notices} aria-live="polite" className={styles.messages}>
        {messages.map(({ id, tone, text }) => (
          <div key={id} className={styles.message} data-tone={tone}>
            <p>{text}</p>
            <IconButton label={texts.dismiss} small onClick={() => drop(id)}>
              <X size={16} aria-hidden />
            </IconButton>
          </div>
        ))}
      </section>
    </ToastContext.Provider>
  )
}

/** Says what was just done, or why it was not. */
export function useToast(): Say {
  return useContext(ToastContext)
}
