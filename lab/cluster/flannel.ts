import { existsSync } from 'node:fs';
import { eventually } from '../machine/eventually.ts';
import { isDual, NETWORK6 } from './families.ts';
import type { Kubectl } from './kubectl.ts';
import { applyManifest } from './manifest.ts';
import { inNode, type Node } from './node.ts';
import { type Lab, NETWORK } from './plan.ts';

/** It asks the API server by the kubernetes Service, so kube-proxy has to work before: else its pods restart for a while. */
export async function deployFlannel(lab: Lab, kubectl: Kubectl, nodes: readonly Node[]): Promise<void> {
  await kubectl.apply([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'kube-flannel',
        labels: { 'k8s-app': 'flannel', 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'kube-flannel-cfg',
        namespace: 'kube-flannel',
        labels: { tier: 'node', 'k8s-app': 'flannel', app: 'flannel' },
      },
      data: {
        'cni-conf.json': JSON.stringify(CNI, null, 2),
        'net-conf.json': JSON.stringify(network(lab), null, 2),
      },
    },
  ]);
  await applyManifest(lab, kubectl, 'flannel.yaml');
  await kubectl.must(['-n', 'kube-flannel', 'rollout', 'status', 'daemonset/kube-flannel-ds', '--timeout=60s']);
  // It has no readiness probe, and a node is Ready by its CNI configuration alone.
  for (const { name, pid } of nodes)
    await eventually(`flannel's subnet on ${name}`, () => existsSync(inNode(pid, '/run/flannel/subnet.env')));
}

const CNI = {
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [
    { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

const network = (lab: Lab) => ({
  Network: NETWORK.pods,
  ...(isDual(lab) ? { EnableIPv6: true, IPv6Network: NETWORK6.pods } : {}),
  EnableNFTables: false,
  Backend: { Type: lab.backend },
});
