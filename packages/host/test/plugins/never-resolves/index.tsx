await new Promise(() => {})

export function Card() {
  return <p>Never seen</p>
}
