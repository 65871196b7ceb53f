import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { type Node, startOnNode } from './node.ts';
import { kubeconfig, type Lab, NETWORK } from './plan.ts';

export async function startKubeProxy(lab: Lab, kube: string, node: Node): Promise<void> {
  const file = `${lab.dir}/conf/${node.name}.kube-proxy.yaml`;
  const configuration = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clientConnection: { kubeconfig: kubeconfig(lab, 'proxy') },
    mode: lab.proxyMode,
    clusterCIDR: NETWORK.pods,
    hostnameOverride: node.name,
    metricsBindAddress: '0.0.0.0:10249',
    // nf_conntrack_max belongs to the whole machine: 0 leaves it alone.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
  await writeFile(file, stringify(configuration));
  startOnNode(lab, node, [kube, 'kube-proxy', '--config', file]);
}
