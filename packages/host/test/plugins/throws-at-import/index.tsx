throw new Error('no luck today')
// biome-ignore lint/correctness/noUnreachable: the manifest names it
export const Card = () => null
