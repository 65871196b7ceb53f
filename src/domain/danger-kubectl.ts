import type { DangerId, DangerRule } from './danger.js';
import { type Kubectl, kindAndName, readKubectl } from './kubectl-words.js';

const plugins = /flannel|calico|cilium|weave|canal|kube-router|aws-node|cni|kube-proxy/i;
const systemNamespaces = /^(kube-|default$|calico|tigera-operator$|cilium|metallb)/;
const isWide = ({ flags }: Kubectl) => flags.has('all') || flags.has('all-namespaces');
const dnsPods = /kube-dns|coredns/;

const deletedPods = (line: Kubectl): DangerId | undefined => {
  const { flags, objects } = line;
  if (flags.has('force') || flags.get('grace-period') === '0') return 'pods-forced';
  // On one node at a time the others go on answering.
  if (dnsPods.test(flags.get('selector') ?? '') && !flags.has('field-selector')) return 'dns-removed';
  if (objects.filter((name) => dnsPods.test(name)).length > 1) return 'dns-removed';
  return isWide(line) ? 'all-removed' : undefined;
};

const deletedKinds: Readonly<Record<string, (line: Kubectl, name: string | undefined) => DangerId | undefined>> = {
  pod: deletedPods,
  node: () => 'node-removed',
  namespace: (line, name) => (systemNamespaces.test(name ?? '') || isWide(line) ? 'namespace-removed' : undefined),
  daemonset: (line, name) => (plugins.test(name ?? '') || isWide(line) ? 'plugin-removed' : undefined),
};

const deleted = (line: Kubectl): DangerId | undefined => {
  if (plugins.test(line.flags.get('filename') ?? line.flags.get('kustomize') ?? '')) return 'plugin-removed';
  const [kind, name] = kindAndName(line.objects);
  if (kind.endsWith('policy') && isWide(line)) return 'policies-removed';
  const rule = Object.hasOwn(deletedKinds, kind) ? deletedKinds[kind] : undefined;
  return rule ? rule(line, name) : isWide(line) ? 'all-removed' : undefined;
};

const restartable = ['deployment', 'daemonset', 'statefulset', 'rollout'];

const restarted = (line: Kubectl): DangerId | undefined => {
  const [verb, ...objects] = line.objects;
  const [kind, name] = kindAndName(objects);
  if (verb !== 'restart') return undefined;
  const isWhole = restartable.includes(kind) && name === undefined && !line.flags.has('selector');
  return isWide(line) || isWhole ? 'all-restarted' : undefined;
};

/** What `kubectl` may take away or start anew for more than the one object that is broken. */
export const kubectl: DangerRule = ({ args }) => {
  const line = readKubectl(args);
  if (line.verb === 'delete') return deleted(line);
  return line.verb === 'rollout' ? restarted(line) : undefined;
};
