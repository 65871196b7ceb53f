import { z } from 'zod';
import { skoopOfNodes, skoopOfPods } from './kubeskoop.js';
import { podSchema, podsByNamespace } from './pods.js';
import { defineHistory, literally, together } from './question.js';

const nameSchema = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9:])?$/);

/** By name and address: what a scrape calls a node is one of them, mostly with the port of the exporter behind it. */
export const nodesSchema = z.strictObject({ nodes: z.array(nameSchema).min(1).max(12) });

/** `10.0.0.11`, `10.0.0.11:9100`, `[fd00::11]:9100` and `node-a` are all the instance of a node. */
export const instancesOf = ({ nodes }: z.infer<typeof nodesSchema>) =>
  `instance=~"[[]?(?:${nodes.map(literally).join('|')})[]]?(?::[0-9]+)?"`;

const rateOf = (metric: string, of: string, range: number) => `rate(${metric}{${of}}[${range}s])`;

// A node has one of these for every Pod, and what a Pod's own device drops, the Pod has to say.
const ownDevices = 'device!~"lo|veth.*|cali.*|lxc.*|tap.*|docker.*"';
const mostDevices = 8;

const deviceCounters = ['receive_drop', 'transmit_drop', 'receive_errs', 'transmit_errs'];

// Of each there are four series: more than a flow has would leave no room in an answer.
const endsSchema = nodesSchema.extend({ pods: z.array(podSchema).max(4).default([]) });

/** What KubeSkoop's exporter kept of the Pods at the ends of a flow; nothing, where no Pod is named. */
const ofEnds = (pods: z.infer<typeof endsSchema>['pods'], range: number): Record<string, string> => {
  if (pods.length === 0) return {};
  const selects = podsByNamespace(pods).map(
    ({ namespace, names }) => `k8s_namespace="${namespace}",k8s_pod=~"${names}"`,
  );
  const { resentShare, drops, losses, overflows } = skoopOfPods(selects, range);
  return {
    'pod-resent-share': `(${resentShare})`,
    'pod-device-drops': `(${drops})`,
    'pod-losses': `(${losses})`,
    'pod-overflows': `(${overflows})`,
  };
};

/** What the kernel of a node, and of the Pods at the ends, has lost, and how full the connection table was. */
export const nodeHistory = defineHistory({
  name: 'node-history',
  keeper: 'prometheus',
  args: endsSchema,
  expression: (args, range) => {
    const own = instancesOf(args);
    const rate = (metric: string) => rateOf(`node_${metric}`, own, range);
    const devices = deviceCounters.map((one) => rateOf(`node_network_${one}_total`, `${own},${ownDevices}`, range));
    const skoop = skoopOfNodes(args.nodes, range);
    return together({
      'table-share': `(max by (instance) (node_nf_conntrack_entries{${own}} / node_nf_conntrack_entries_limit{${own}}) or ${skoop.tableShare})`,
      'processor-drops': `(sum by (instance) (${rate('softnet_dropped_total')}) or ${skoop.processorDrops})`,
      'device-drops': `topk(${mostDevices}, sum by (instance, device) (${devices.join(' + ')}))`,
      'resent-share': `(max by (instance) (${rate('netstat_Tcp_RetransSegs')} / ${rate('netstat_Tcp_OutSegs')}) or ${skoop.resentShare})`,
      ...ofEnds(args.pods, range),
    });
  },
});

/** Of kube-proxy: how long a change of the rules took, and for how long one was waited for. */
export const ruleHistory = defineHistory({
  name: 'rule-history',
  keeper: 'prometheus',
  args: nodesSchema,
  expression: (args, range) => {
    const own = instancesOf(args);
    const sync = 'kubeproxy_sync_proxy_rules';
    const seconds = (part: string) => rateOf(`${sync}_duration_seconds_${part}`, own, range);
    const [queued, synced] = [
      `${sync}_last_queued_timestamp_seconds{${own}}`,
      `${sync}_last_timestamp_seconds{${own}}`,
    ];
    return together({
      // Where nothing changed for a while nothing was written, which took no time.
      'sync-seconds': `(histogram_quantile(0.99, sum by (instance, le) (${seconds('bucket')})) >= 0 or 0 * sum by (instance) (${seconds('count')}))`,
      'waiting-seconds': `max by (instance) (clamp_min(${queued} - ${synced}, 0))`,
    });
  },
});
