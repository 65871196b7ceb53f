import { z } from 'zod';

export const sandboxFailures = [
  'network-not-ready',
  'plugin-missing',
  'no-lease-file',
  'old-bridge-address',
  'addresses-used-up',
  'subnet-used-up',
  'agent-unreachable',
  'failed-otherwise',
] as const;
export const sandboxFailureSchema = z.enum(sandboxFailures);
export type SandboxFailure = z.infer<typeof sandboxFailureSchema>;

// The words of kubelet and containerd, of the plugins of containernetworking, of flannel, Calico and Cilium.
const patterns: readonly (readonly [SandboxFailure, RegExp])[] = [
  ['plugin-missing', /failed to find plugin "[^"]*"/],
  ['no-lease-file', /loadFlannelSubnetEnv failed/],
  ['old-bridge-address', /already has an IP address different from/],
  [
    'addresses-used-up',
    /no IP addresses available in range set|range is full|no more free IPs|Assigned 0 out of \d+ requested IPv[46] addresses/i,
  ],
  // aws-cni answers so whatever its agent lacks: addresses of the subnet, of the network cards, whole prefixes.
  [
    'subnet-used-up',
    /add cmd: failed to assign an IP address to container|InsufficientFreeAddressesInSubnet|InsufficientCidrBlocks/,
  ],
  ['agent-unreachable', /\/var\/lib\/calico\/nodename: no such file|unable to connect to Cilium (?:agent|daemon)/i],
  [
    'network-not-ready',
    /NetworkReady=false|NetworkPluginNotReady|cni plugin not initialized|cni config uninitialized|no (?:valid )?networks found in/i,
  ],
];

/** What a message about a Pod without network complains of; `undefined` where it complains of nothing of the kind. */
export const sandboxFailure = (message: string): SandboxFailure | undefined => {
  const known = patterns.find(([, pattern]) => pattern.test(message))?.[0];
  if (known) return known;
  return /failed to (?:create|setup network for) (?:pod )?sandbox/i.test(message) ? 'failed-otherwise' : undefined;
};

/** The plugin that a runtime did not find: `failed to find plugin "bridge" in path [/opt/cni/bin]`. */
export const missingPlugin = (message: string): string | undefined =>
  /failed to find plugin "([^"]{1,60})"/.exec(message)?.[1];
