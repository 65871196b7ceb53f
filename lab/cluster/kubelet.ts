import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { type Node, startOnNode } from './node.ts';
import { kubeconfig, type Lab, NETWORK, pki } from './plan.ts';

export async function startKubelet(lab: Lab, kube: string, node: Node): Promise<void> {
  const file = `${lab.dir}/conf/${node.name}.kubelet.yaml`;
  await writeFile(file, stringify(kubeletConfiguration(lab, node)));
  startOnNode(lab, node, [
    kube,
    'kubelet',
    '--config',
    file,
    '--kubeconfig',
    kubeconfig(lab, node.name),
    '--hostname-override',
    node.name,
    '--node-ip',
    node.address,
  ]);
}

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
