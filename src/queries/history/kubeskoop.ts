import { literally } from './question.js';

/** What KubeSkoop's exporter calls the network of its node, as if it were a Pod. */
const ofHost = 'k8s_pod="hostNetwork"';

const perNode = (expression: string) =>
  `max by (instance) (label_replace(${expression}, "instance", "$1", "k8s_node", "(.+)"))`;

/** What node_exporter measures too, from where only this exporter is scraped. `range` in seconds. */
export const skoopOfNodes = (nodes: readonly string[], range: number) => {
  const own = `k8s_node=~"${nodes.map(literally).join('|')}",${ofHost}`;
  const rate = (metric: string) => `rate(kubeskoop_${metric}{${own}}[${range}s])`;
  return {
    tableShare: perNode(`kubeskoop_conntrack_entries{${own}} / kubeskoop_conntrack_maxentries{${own}}`),
    processorDrops: perNode(rate('softnet_dropped')),
    resentShare: perNode(`${rate('tcp_retranssegs')} / ${rate('tcp_outsegs')}`),
  };
};

const perPod = (expression: string) => {
  const named = `label_replace(${expression}, "namespace", "$1", "k8s_namespace", "(.+)")`;
  return `max by (namespace, pod) (label_replace(${named}, "pod", "$1", "k8s_pod", "(.+)"))`;
};

const deviceCounters = ['rxdropped', 'txdropped', 'rxerrors', 'txerrors'];

/**
 * What node_exporter cannot see: the kernel counts connections where they end, which is in the network of a Pod.
 * `selects` are the labels of the Pods of one namespace each; `range` in seconds.
 */
export const skoopOfPods = (selects: readonly string[], range: number) => {
  const each = (made: (rate: (metric: string) => string) => string) =>
    selects.map((own) => perPod(made((metric) => `rate(kubeskoop_${metric}{${own}}[${range}s])`))).join(' or ');
  return {
    resentShare: each((rate) => `${rate('tcp_retranssegs')} / ${rate('tcp_outsegs')}`),
    // The kernel's own count of lost packets takes eBPF; what the devices dropped is there without.
    drops: each((rate) => deviceCounters.map((one) => rate(`netdev_${one}`)).join(' + ')),
    losses: each((rate) => rate('packetloss_total')),
    overflows: each((rate) => rate('tcpext_listenoverflows')),
  };
};
