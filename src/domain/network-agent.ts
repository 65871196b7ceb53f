import { z } from 'zod';
import type { KubeObject } from './kinds.js';

/** Where the Pods of a network agent are looked for. */
interface Place {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const networkAgentNames = ['flannel', 'calico', 'cilium', 'kube-router', 'antrea'] as const;
export const networkAgentNameSchema = z.enum(networkAgentNames);
type Name = z.infer<typeof networkAgentNameSchema>;

// As each project's own manifest has it, the present one first.
const places: Readonly<Record<Name, readonly Place[]>> = {
  flannel: [
    { namespace: 'kube-flannel', labels: { app: 'flannel' } },
    { namespace: 'kube-system', labels: { app: 'flannel' } },
  ],
  calico: [
    { namespace: 'calico-system', labels: { 'k8s-app': 'calico-node' } },
    { namespace: 'kube-system', labels: { 'k8s-app': 'calico-node' } },
  ],
  cilium: [{ namespace: 'kube-system', labels: { 'k8s-app': 'cilium' } }],
  'kube-router': [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-router' } }],
  antrea: [{ namespace: 'kube-system', labels: { app: 'antrea', component: 'antrea-agent' } }],
};

// What each agent writes on the Node it runs on.
const signs: readonly (readonly [Name, RegExp])[] = [
  ['cilium', /^(?:network|io)\.cilium\.(?:io|network)\//],
  ['calico', /^projectcalico\.org\/(?:IPv4Address|IPv6Address)/],
  ['flannel', /^flannel\.alpha\.coreos\.com\//],
  ['kube-router', /^kube-router\.io\//],
  ['antrea', /^node\.antrea\.io\//],
];

/** The agent that makes the Pod network of a Node, by the marks it left there. */
export const networkAgentOf = ({ metadata }: KubeObject<'nodes'>): Name | undefined => {
  const keys = Object.keys(metadata?.annotations ?? {});
  return signs.find(([, sign]) => keys.some((key) => sign.test(key)))?.[0];
};

export const placesOf = (name: Name): readonly Place[] => places[name];
