export const myPlugins = {}
