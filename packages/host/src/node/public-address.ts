import { BlockList, isIP } from 'node:net'

/** IPv4 networks that are not the public internet (IANA IPv4 Special-Purpose Address Registry, RFC 6890). */
const special4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3`
/** Of the public 2000::/3, what is not: protocols and Teredo, examples, IPv4 inside IPv6 (6to4). */
const special6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'

const special = blockList(special4, 'ipv4', blockList(special6, 'ipv6'))
const given6 = blockList('2000::/3', 'ipv6')

function blockList(networks: string, family: 'ipv4' | 'ipv6', list = new BlockList()): BlockList {
  for (const network of networks.split(/\s+/)) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

/**
 * Whether an address is one of the public internet. A backend names hosts, and whoever owns a name decides where it
 * leads: without this, to the database of the platform or to the cloud's store of credentials.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  // An address with a zone is one of a link; IPv4-mapped and translated addresses are none of 2000::/3.
  return family === 6 && !address.includes('%') && given6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}
