/**
 * Node's HTTP. An `import` of the module touches each of its exports, and some of these load all of Node's other HTTP
 * client, which is 2 MB that a registry never uses.
 */
export const { createServer, IncomingMessage, ServerResponse, request } = process.getBuiltinModule('node:http')
