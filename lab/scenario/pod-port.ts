import type { Argv } from './place.ts';

// The pod's own end names the number of the other: eth0@if7. A port that was taken off the bridge is found as well.
const SET = `
address=$1
shift
for net in $(ip netns list | cut -d ' ' -f 1); do
  ip -n "$net" -o -4 addr show eth0 | grep -q " $address/" || continue
  number=$(ip -n "$net" -o link show eth0 | sed 's/.*@if\\([0-9]*\\):.*/\\1/')
  port=$(ip -o link show | sed -n "s/^$number: \\([^@]*\\)@.*/\\1/p")
  exec ip link set dev "$port" "$@"
done
exit 1`;

/** Run on the node of a pod: changes the node's end of the cable to the pod with this address. */
export const setPodPort = (address: string, ...what: string[]): Argv => ['sh', '-c', SET, 'port', address, ...what];

/** 10.244.1.7 is of 10.244.1.0, which is also the address of that node's end of the tunnel. */
export const subnetOf = (address: string): string => address.replace(/\d+$/, '0');
export const bridgeOf = (address: string): string => address.replace(/\d+$/, '1');
