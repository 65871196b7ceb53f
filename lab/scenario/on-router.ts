import type { Change } from './change.ts';

// What is named in the text is named in the kernel: the first words of each table.
const STAND = `
trap 'printf %s "$1" | sed -n "s/^\\(table .*\\) {$/delete \\1/p" | nft -f -' EXIT
trap exit TERM
printf %s "$1" | sed "s/ROUTER/$(cat /sys/class/net/br0/address)/" | nft -f - || exit
sleep infinity & wait`;

/** Tables of nftables on the router, as `nft` reads them, until the fault ends; `ROUTER` is its MAC on the cable of the nodes. */
export const onRouter = (tables: string): Change => ({
  at: { net: 'underlay' },
  keep: ['sh', '-c', STAND, 'stand', tables],
});
