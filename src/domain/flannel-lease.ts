import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';

/** What flannel on one Node tells all others through the annotations of its Node. */
export const flannelLeaseSchema = z.strictObject({
  node: z.string(),
  /** `vxlan`, `host-gw`, `ipip`, `wireguard` …; empty where flannel does not run. */
  backend: z.string(),
  publicAddress: z.string(),
  /** True where somebody set the public address on purpose: it need not be an address of the Node. */
  overwritten: z.boolean(),
  mac: z.string(),
  id: z.int().optional(),
  /** Of the Node, those of the family first that its Pods have their first address of; what else is here belongs to it. */
  ranges: z.array(z.string()),
  addresses: z.array(z.string()),
});
export type FlannelLease = z.infer<typeof flannelLeaseSchema>;

const prefix = 'flannel.alpha.coreos.com';
// {"VNI":1,"VtepMAC":"3e:05:19:16:0d:72"}
const backendSchema = z.object({ VNI: z.int().optional(), VtepMAC: z.string().default('') }).partial();

const backendOf = (text: string) => {
  try {
    const { VNI: id, VtepMAC: mac = '' } = backendSchema.parse(JSON.parse(text));
    return { mac: mac.toLowerCase(), ...(id === undefined ? {} : { id }) };
  } catch {
    return { mac: '' };
  }
};

const rangesOf = ({ spec }: KubeObject<'nodes'>): string[] => spec?.podCIDRs ?? (spec?.podCIDR ? [spec.podCIDR] : []);

/** Whether Pods have their first address of IPv6: then flannel announces under other names, and has a tunnel of its own. */
export const isSix = ({ ranges }: Pick<FlannelLease, 'ranges'>): boolean => ranges[0]?.includes(':') ?? false;

/** https://github.com/flannel-io/flannel/blob/master/Documentation/kubernetes.md#annotations */
export const flannelLeaseOf = (node: KubeObject<'nodes'>): FlannelLease => {
  const said = node.metadata?.annotations ?? {};
  const at = (name: string) => said[`${prefix}/${name}`] ?? '';
  const ranges = rangesOf(node);
  const [address, data] = isSix({ ranges }) ? ['public-ipv6', 'backend-v6-data'] : ['public-ip', 'backend-data'];
  return {
    node: nameOf(node),
    backend: at('backend-type'),
    publicAddress: at(address),
    overwritten: at(`${address}-overwrite`) !== '',
    ...backendOf(at(data)),
    ranges,
    addresses: (node.status?.addresses ?? []).flatMap(({ type, address }) => (type === 'InternalIP' ? [address] : [])),
  };
};
