import { z } from 'zod';

export const proxyConfigSchema = z.strictObject({
  /** `iptables`, `ipvs`, `nftables`; empty is the default of the platform. */
  mode: z.string(),
  /** Ranges of the addresses that take node ports, or `primary`; none stands for the default of the mode. */
  nodePortAddresses: z.array(z.string()),
  localhostNodePorts: z.boolean(),
  /** Seconds after which IPVS forgets a quiet TCP connection; 0 leaves what the kernel has. */
  ipvsTcpTimeout: z.number(),
});
export type ProxyConfig = z.infer<typeof proxyConfigSchema>;

const unit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
/** "24h0m0s" */
const seconds = (text: string) =>
  [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, count, of = '']) => sum + Number(count) * (unit[of] ?? 0),
    0,
  );

// The internal configuration type has no tags, so its names begin with capitals; what a version lacks has its default.
const writtenSchema = z.object({
  'kubeproxy.config.k8s.io': z.object({
    Mode: z.string().default(''),
    NodePortAddresses: z.array(z.string()).nullish(),
    IPTables: z.object({ LocalhostNodePorts: z.boolean().nullish() }).nullish(),
    IPVS: z.object({ TCPTimeout: z.string().nullish() }).nullish(),
  }),
});

/** `/configz` of kube-proxy: `{"kubeproxy.config.k8s.io":{…,"Mode":"iptables",…}}`; undefined where it is nothing of the kind. */
export const parseProxyConfig = (text: string): ProxyConfig | undefined => {
  try {
    const read = writtenSchema.safeParse(JSON.parse(text));
    if (!read.success) return undefined;
    const { Mode, NodePortAddresses, IPTables, IPVS } = read.data['kubeproxy.config.k8s.io'];
    return {
      mode: Mode,
      nodePortAddresses: NodePortAddresses ?? [],
      localhostNodePorts: IPTables?.LocalhostNodePorts ?? true,
      ipvsTcpTimeout: seconds(IPVS?.TCPTimeout ?? ''),
    };
  } catch {
    return undefined;
  }
};
