import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ADDONS } from '../addons/all.ts';
import { makeImages } from '../build/images.ts';
import { buildPrograms, type Programs } from '../build/programs.ts';
import { eventually } from '../machine/eventually.ts';
import { installPackages, missingPackages } from '../machine/packages.ts';
import { stage } from '../machine/stage.ts';
import { grantAccess } from './access.ts';
import { makeCertificates } from './certificates.ts';
import { startContainerd } from './containerd.ts';
import { startApiServer, startControllers } from './control-plane.ts';
import { startFlannel } from './flannel.ts';
import { startKubeProxy } from './kube-proxy.ts';
import { type Kubectl, kubectlFor } from './kubectl.ts';
import { startKubelet } from './kubelet.ts';
import { type Node, startNode } from './node.ts';
import { type Lab, log, makeFolders, NODES, netns } from './plan.ts';
import { layUnderlay, startOutside } from './underlay.ts';

export async function up(lab: Lab): Promise<Kubectl> {
  if (process.getuid?.() !== 0) throw new Error('the lab makes network namespaces and needs root');
  if (existsSync(`/run/netns/${netns(lab, 'underlay')}`))
    throw new Error(`a lab ${lab.prefix} is there already: take it down first`);
  const programs = await prepare();
  makeFolders(lab);
  await Promise.all([
    stage('certificates', () => makeCertificates(lab)),
    stage('images', () => makeImages(`${lab.dir}/images`, programs)),
  ]);
  await stage('underlay', () => layUnderlay(lab));
  await startOutside(lab);
  const [nodes] = await Promise.all([startMachines(lab), startControlPlane(lab, programs.kube)]);
  await startNodePrograms(lab, programs, nodes);
  const kubectl = kubectlFor(lab, programs.kube);
  await settle(lab, kubectl);
  await Promise.all(lab.addons.map((name) => stage(name, () => ADDONS[name].install(lab, kubectl, nodes))));
  return kubectl;
}

async function prepare(): Promise<Programs> {
  const missing = missingPackages();
  if (missing.length > 0) await stage(`packages: ${missing.join(' ')}`, () => installPackages(missing));
  return stage('Kubernetes programs', buildPrograms);
}

async function startMachines(lab: Lab): Promise<Node[]> {
  const logs = NODES.flatMap(({ name }) => [log(lab, name), log(lab, `${name}.containerd`)]);
  const start = async (): Promise<Node[]> => {
    const nodes = await Promise.all(NODES.map((plan) => startNode(lab, plan)));
    await Promise.all(nodes.map((node) => startContainerd(lab, node)));
    return nodes;
  };
  return stage('nodes with containerd and images', start, logs);
}

async function startControlPlane(lab: Lab, kube: string): Promise<void> {
  await stage('etcd and API server', () => startApiServer(lab, kube), [log(lab, 'etcd'), log(lab, 'apiserver')]);
  startControllers(lab, kube);
}

async function startNodePrograms(lab: Lab, { kube, flanneld }: Programs, nodes: readonly Node[]): Promise<void> {
  await stage('kubelets and kube-proxies', async () => {
    await Promise.all(nodes.flatMap((node) => [startKubelet(lab, kube, node), startKubeProxy(lab, kube, node)]));
    const kubectl = kubectlFor(lab, kube);
    const subnets = async () =>
      (await kubectl.must(['get', 'nodes', '-o', 'jsonpath={.items[*].spec.podCIDR}'])).split(' ').length ===
      nodes.length;
    await eventually('every node has a pod subnet', subnets, { timeoutMs: 60_000 });
  }, [log(lab, 'controllers'), log(lab, 'node-a.kubelet')]);
  await stage('flannel', () => Promise.all(nodes.map((node) => startFlannel(lab, flanneld, node))), [
    log(lab, 'node-a.flanneld'),
  ]);
}

async function settle(lab: Lab, kubectl: Kubectl): Promise<void> {
  await kubectl.must(['apply', '-f', join(import.meta.dirname, '../manifests/coredns.yaml')]);
  await grantAccess(lab, kubectl);
  const logs = [log(lab, 'node-a.kubelet'), log(lab, 'node-a.containerd')];
  await stage(
    'nodes ready',
    () => kubectl.must(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s']),
    logs,
  );
  await stage(
    'CoreDNS',
    () => kubectl.must(['-n', 'kube-system', 'rollout', 'status', 'deploy/coredns', '--timeout=90s']),
    [log(lab, 'scheduler'), ...logs],
  );
}
