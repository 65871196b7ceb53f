import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Daemon } from '../machine/daemon.ts';
import { nodeAddresses } from './families.ts';
import { type Node, startOnNode } from './node.ts';
import { bin, kubeconfig, type Lab, NETWORK, pki } from './plan.ts';

export async function startKubelet(lab: Lab, node: Node): Promise<Daemon> {
  const file = `${lab.dir}/conf/${node.name}.kubelet.yaml`;
  await writeFile(file, stringify(kubeletConfiguration(lab, node)));
  return startOnNode(lab, node, [
    bin(lab, 'kubelet'),
    '--config',
    file,
    '--kubeconfig',
    kubeconfig(lab, node.name),
    '--hostname-override',
    node.name,
    '--node-ip',
    nodeAddresses(lab, node),
    '--node-labels',
    Object.entries(labels(node))
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
  ]);
}

// What a cloud's kubelet says of its node. Roles are not in it: a kubelet may not give itself one.
const labels = ({ name }: Node) => ({
  'topology.kubernetes.io/region': 'lab-1',
  'topology.kubernetes.io/zone': `lab-1${name.at(-1)}`,
  'node.kubernetes.io/instance-type': 'netns.small',
});

const kubeletConfiguration = (lab: Lab, node: Node) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  address: node.address,
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: pki(lab, 'ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: pki(lab, `${node.name}.crt`),
  tlsPrivateKeyFile: pki(lab, `${node.name}.key`),
  cgroupDriver: 'cgroupfs',
  clusterDNS: [NETWORK.dnsVip],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  resolvConf: '/etc/resolv.conf',
  // The machine's limits, not a node's: no swap control, no negative OOM score, no machine-wide sysctls.
  failSwapOn: false,
  oomScoreAdj: 0,
  enforceNodeAllocatable: [],
  featureGates: { KubeletInUserNamespace: true },
  nodeStatusUpdateFrequency: '4s',
  syncFrequency: '10s',
  imageGCHighThresholdPercent: 100,
  evictionHard: { 'nodefs.available': '1Mi' },
});
