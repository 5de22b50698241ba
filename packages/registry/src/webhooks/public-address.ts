import { BlockList, isIP } from 'node:net'

/**
 * IPv4 networks that are not the public internet: this host, private, shared and link-local ones, those for protocols,
 * examples and measurements, multicast and the rest (IANA IPv4 Special-Purpose Address Registry, RFC 6890).
 */
const notPublic4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Parts of the public 2000::/3 that are not: protocols and Teredo, examples, and IPv4 inside IPv6 (6to4). */
const notPublic6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const blocked = new BlockList()
for (const [network, bits] of notPublic4) blocked.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of notPublic6) blocked.addSubnet(network, bits, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address is one of the public internet, where a webhook may be sent. Of IPv6 only what is given out is:
 * IPv4-mapped addresses (::ffff:0:0/96) and translated ones (64:ff9b::/96) lead to IPv4 hosts by a side door.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blocked.check(address, 'ipv4')
  // An address with a zone is one of a link.
  return family === 6 && !address.includes('%') && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
}
