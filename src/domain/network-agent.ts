import { z } from 'zod';
import type { KubeObject } from './kinds.js';

/** Where the Pods of a network agent are looked for. */
interface Place {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const networkAgentNames = ['flannel', 'calico', 'canal', 'cilium', 'kube-router', 'antrea'] as const;
export const networkAgentNameSchema = z.enum(networkAgentNames);
export type NetworkAgentName = z.infer<typeof networkAgentNameSchema>;
type Name = NetworkAgentName;

const ofCalico: readonly Place[] = [
  { namespace: 'calico-system', labels: { 'k8s-app': 'calico-node' } },
  { namespace: 'kube-system', labels: { 'k8s-app': 'calico-node' } },
];

// As each project's own manifest has it, the present one first.
const places: Readonly<Record<Name, readonly Place[]>> = {
  flannel: [
    { namespace: 'kube-flannel', labels: { app: 'flannel' } },
    { namespace: 'kube-system', labels: { app: 'flannel' } },
  ],
  calico: ofCalico,
  canal: [
    { namespace: 'kube-system', labels: { 'k8s-app': 'canal' } },
    // Marks of flannel outlive it, so a cluster that went over to Calico looks like this as well.
    ...ofCalico,
  ],
  cilium: [
    { namespace: 'kube-system', labels: { 'k8s-app': 'cilium' } },
    { namespace: 'cilium', labels: { 'k8s-app': 'cilium' } },
  ],
  'kube-router': [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-router' } }],
  antrea: [{ namespace: 'kube-system', labels: { app: 'antrea', component: 'antrea-agent' } }],
};

// What each agent writes on the Node it runs on.
const signs: readonly (readonly [Exclude<Name, 'canal'>, RegExp])[] = [
  ['cilium', /^(?:network|io)\.cilium\.(?:io|network)\//],
  ['calico', /^projectcalico\.org\/(?:IPv4Address|IPv6Address)/],
  ['flannel', /^flannel\.alpha\.coreos\.com\//],
  ['kube-router', /^kube-router\.io\//],
  ['antrea', /^node\.antrea\.io\//],
];

// Who takes the condition NetworkUnavailable away says so: the only mark of Cilium where it annotates nothing, which
// is its default (annotateK8sNode of its chart).
const upSigns: Readonly<Record<string, Exclude<Name, 'canal'>>> = {
  CiliumIsUp: 'cilium',
  CalicoIsUp: 'calico',
  CalicoIsDown: 'calico',
  FlannelIsUp: 'flannel',
};

const upOn = ({ status }: KubeObject<'nodes'>) =>
  upSigns[status?.conditions?.find(({ type }) => type === 'NetworkUnavailable')?.reason ?? ''];

/** Every agent that left marks on the Node, first the one that gets the packets first. */
export const marksOn = (node: KubeObject<'nodes'>): Exclude<Name, 'canal'>[] => {
  const keys = Object.keys(node.metadata?.annotations ?? {});
  const up = upOn(node);
  return signs.flatMap(([name, sign]) => (name === up || keys.some((key) => sign.test(key)) ? [name] : []));
};

/**
 * The agent that makes the Pod network of a Node, by the marks it left there. Canal is Calico's agent for policies
 * over flannel's network, and both sign.
 */
export const networkAgentOf = (node: KubeObject<'nodes'>): Name | undefined => {
  const marks = marksOn(node);
  return marks[0] === 'calico' && marks.includes('flannel') ? 'canal' : marks[0];
};

export const placesOf = (name: Name): readonly Place[] => places[name];
