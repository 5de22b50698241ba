import { useState } from 'react'

export function Card() {
  const [word] = useState('never')
  return <p>Seen {word}</p>
}
