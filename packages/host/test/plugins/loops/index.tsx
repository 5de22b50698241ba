export function Card() {
  const began = performance.now()
  while (performance.now() - began < 1_000) Math.sqrt(began)
  return <p>The one that loops stands</p>
}
