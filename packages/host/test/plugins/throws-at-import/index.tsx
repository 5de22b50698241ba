function start(): () => null {
  throw new Error('no luck today')
}

export const Card = start()
