import { type Lab, NETWORK, type NodePlan } from './plan.ts';

/** What a lab of both families has beside NETWORK. */
export const NETWORK6 = {
  pods: 'fd00:10:244::/56',
  services: 'fd00:10:96::/112',
} as const;

export const isDual = (lab: Lab): boolean => lab.families === 'dual';

/** 10.0.0.11 is fd00:10::11, and 198.51.100.7 is 2001:db8:198::7. */
export function inIpv6(address: string): string {
  const last = address.split('.').at(-1);
  return address.startsWith('10.') ? `fd00:10::${last}` : `2001:db8:198::${last}`;
}

export const podRanges = (lab: Lab): string => ranges(lab, NETWORK.pods, NETWORK6.pods);
export const serviceRanges = (lab: Lab): string => ranges(lab, NETWORK.services, NETWORK6.services);
export const nodeAddresses = (lab: Lab, { address }: NodePlan): string => ranges(lab, address, inIpv6(address));

const ranges = (lab: Lab, ipv4: string, ipv6: string) => (isDual(lab) ? `${ipv4},${ipv6}` : ipv4);
