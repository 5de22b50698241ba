export function Sidekick() {
  return <p>The sidekick stands</p>
}
