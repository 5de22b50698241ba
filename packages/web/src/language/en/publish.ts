export const publish = {}
