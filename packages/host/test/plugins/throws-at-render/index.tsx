export function Broken(): never {
  throw new Error('cannot draw')
}

export function Whole() {
  return <p>The whole one stands</p>
}
