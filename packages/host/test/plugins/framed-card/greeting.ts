export const greeting = (name: string, shop: string) => `Welcome to ${shop}, ${name}!`
