import { BlockList, isIP } from "node:net";

/** IANA, special-purpose address registries: what is not one machine on the public internet. */
const ipv4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ...["224.0.0.0/4", "240.0.0.0/4"],
];
/** The public ones are in 2000::/3. Of these, some are documentation, or hold an IPv4 address of any kind. */
const ipv6 = [...["::/3", "4000::/2", "8000::/1"], ...["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]];

/** Two lists, because a list compares an IPv4 address with its IPv6 networks as well. */
const special = { ipv4: listOf("ipv4", ipv4), ipv6: listOf("ipv6", ipv6) };

function listOf(family: "ipv4" | "ipv6", networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Whether an IP address is one of the public internet: not private, link-local, loopback or of another special kind. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  const family = version === 4 ? "ipv4" : "ipv6";
  return version !== 0 && !special[family].check(address, family);
}
