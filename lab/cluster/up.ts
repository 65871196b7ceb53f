import { existsSync, readdirSync } from 'node:fs';
import { grantAccess } from '../access/people.ts';
import { makeSshKeys } from '../access/ssh-keys.ts';
import { startSsh } from '../access/ssh-servers.ts';
import { ADDONS } from '../addons/all.ts';
import { makeImageStore } from '../build/image-store.ts';
import { buildPrograms, type Programs } from '../build/programs.ts';
import { eventually } from '../machine/eventually.ts';
import { raiseLimits } from '../machine/limits.ts';
import { installPackages, missingPackages } from '../machine/packages.ts';
import { stage } from '../machine/stage.ts';
import { makeCertificates } from './certificates.ts';
import { startContainerd } from './containerd.ts';
import { startApiServer, startControllers } from './control-plane.ts';
import { down } from './down.ts';
import { deployFlannel } from './flannel.ts';
import { deployKubeProxy, kubeProxyWorks } from './kube-proxy.ts';
import { type Kubectl, kubectlFor } from './kubectl.ts';
import { startKubelet } from './kubelet.ts';
import { applyManifest } from './manifest.ts';
import { type Node, startNode } from './node.ts';
import { type Lab, log, makeFolders, NODES, netns } from './plan.ts';
import { podLogs } from './pod-logs.ts';
import { layOutPrograms } from './programs.ts';
import { layUnderlay, startOutside } from './underlay.ts';

export async function up(lab: Lab): Promise<Kubectl> {
  if (process.getuid?.() !== 0) throw new Error('the lab makes network namespaces and needs root');
  if (existsSync(`/run/netns/${netns(lab, 'underlay')}`))
    throw new Error(`a lab ${lab.prefix} is there already: take it down first`);
  // What a machine that was switched off has left: the state of a cluster whose keys are about to be replaced.
  await down(lab);
  if (existsSync(lab.dir) && readdirSync(lab.dir).length > 0)
    throw new Error(`${lab.dir} holds something else already`);
  const programs = await prepare();
  makeFolders(lab);
  await layOutPrograms(lab, programs);
  const [images] = await Promise.all([
    stage('images', () => makeImageStore(programs)),
    stage('certificates and keys', () => Promise.all([makeCertificates(lab), makeSshKeys(lab)])),
  ]);
  await stage('underlay', () => layUnderlay(lab));
  await raiseLimits();
  await startOutside(lab);
  const [nodes] = await Promise.all([startMachines(lab, images), startControlPlane(lab, programs.kube)]);
  const logs = [log(lab, 'sshd'), ...NODES.map(({ name }) => log(lab, `${name}.sshd`))];
  await stage('SSH', () => startSsh(lab, nodes), logs);
  const kubectl = kubectlFor(lab, programs.kube);
  await startPods(lab, kubectl, nodes);
  await startDns(lab, kubectl, nodes);
  await Promise.all(lab.addons.map((name) => stage(name, () => ADDONS[name].install(lab, kubectl, nodes))));
  return kubectl;
}

async function prepare(): Promise<Programs> {
  const missing = missingPackages();
  if (missing.length > 0) await stage(`packages: ${missing.join(' ')}`, () => installPackages(missing));
  return stage('Kubernetes programs', buildPrograms);
}

async function startMachines(lab: Lab, images: string): Promise<Node[]> {
  const logs = NODES.flatMap(({ name }) => [log(lab, name), log(lab, `${name}.containerd`)]);
  const start = async (): Promise<Node[]> => {
    const nodes = await Promise.all(NODES.map((plan) => startNode(lab, plan)));
    await Promise.all(nodes.map((node) => startContainerd(lab, node, images)));
    return nodes;
  };
  return stage('nodes with containerd', start, logs);
}

async function startControlPlane(lab: Lab, kube: string): Promise<void> {
  await stage('etcd and API server', () => startApiServer(lab, kube), [log(lab, 'etcd'), log(lab, 'apiserver')]);
  startControllers(lab, kube);
}

async function startPods(lab: Lab, kubectl: Kubectl, nodes: readonly Node[]): Promise<void> {
  const kubelets = nodes.map(({ name }) => log(lab, `${name}.kubelet`));
  await stage(
    'kubelets and kube-proxies',
    async () => {
      const started = await Promise.all(nodes.map((node) => startKubelet(lab, node)));
      await deployKubeProxy(lab, kubectl);
      const hope = () => started.every((kubelet) => kubelet.alive());
      await eventually('every node has a pod subnet', () => haveSubnets(kubectl), { timeoutMs: 60_000, hope });
      await kubeProxyWorks(lab, kubectl);
    },
    () => [log(lab, 'controllers'), ...kubelets, ...podLogs(nodes, 'kube-system', 'kube-proxy')],
  );
  await stage(
    'flannel',
    () => deployFlannel(lab, kubectl, nodes),
    () => [...kubelets, ...podLogs(nodes, 'kube-flannel', 'kube-flannel-ds')],
  );
  await stage('nodes ready', () => settleNodes(kubectl), kubelets);
}

async function haveSubnets(kubectl: Kubectl): Promise<boolean> {
  const subnets = await kubectl.must(['get', 'nodes', '-o', 'jsonpath={.items[*].spec.podCIDR}']);
  return subnets.split(' ').length === NODES.length;
}

async function settleNodes(kubectl: Kubectl): Promise<void> {
  const [first, ...others] = NODES.map(({ name }) => name);
  await Promise.all([
    kubectl.must(['label', 'node', `${first}`, 'node-role.kubernetes.io/control-plane=']),
    kubectl.must(['label', 'node', ...others, 'node-role.kubernetes.io/worker=']),
    kubectl.must(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s']),
  ]);
}

async function startDns(lab: Lab, kubectl: Kubectl, nodes: readonly Node[]): Promise<void> {
  await stage(
    'CoreDNS',
    async () => {
      await Promise.all([applyManifest(lab, kubectl, 'coredns.yaml'), grantAccess(lab, kubectl)]);
      await kubectl.must(['-n', 'kube-system', 'rollout', 'status', 'deploy/coredns', '--timeout=90s']);
    },
    () => [log(lab, 'scheduler'), log(lab, 'node-a.kubelet'), ...podLogs(nodes, 'kube-system', 'coredns')],
  );
}
