import { kubeconfig, type Lab } from '../cluster/plan.ts';
import type { Argv, Ground } from './place.ts';

/** What only the running cluster knows, for changes and requests that have to name it. */
export interface Facts {
  lab: Lab;
  /** Address of the pod with this name, or of the first pod with this `app` label. */
  podIp(name: string): string;
  podIps(app: string): string[];
  nodeOf(name: string): string;
  serviceIp(name: string): string;
  nodePort(service: string): string;
  /** Address that a load balancer gave the Service. */
  balancerIp(service: string): string;
  kubectl(args: Argv): string[];
}

interface Pod {
  metadata: { name: string; labels?: Record<string, string>; deletionTimestamp?: string };
  spec: { nodeName?: string };
  status: { podIP?: string };
}

interface Service {
  metadata: { name: string };
  spec: { clusterIP?: string; ports?: { nodePort?: number }[] };
  status?: { loadBalancer?: { ingress?: { ip?: string }[] } };
}

export async function readFacts(ground: Ground): Promise<Facts> {
  const [pods, services] = await Promise.all([list<Pod>(ground, 'pods'), list<Service>(ground, 'services')]);
  const living = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  const podsOf = (name: string) => living.filter((pod) => goesBy(pod, name));
  const service = (name: string) =>
    found(
      services.find(({ metadata }) => metadata.name === name),
      `Service ${name}`,
    );
  return {
    lab: ground.lab,
    podIp: (name) => found(podsOf(name)[0]?.status.podIP, `address of pod ${name}`),
    podIps: (app) => podsOf(app).flatMap(({ status }) => status.podIP ?? []),
    nodeOf: (name) => found(podsOf(name)[0]?.spec.nodeName, `node of pod ${name}`),
    serviceIp: (name) => found(service(name).spec.clusterIP, `address of Service ${name}`),
    nodePort: (name) => String(found(service(name).spec.ports?.[0]?.nodePort, `node port of Service ${name}`)),
    balancerIp: (name) => found(service(name).status?.loadBalancer?.ingress?.[0]?.ip, `balancer of Service ${name}`),
    kubectl: (args) => [ground.kubectl.program, 'kubectl', '--kubeconfig', kubeconfig(ground.lab, 'admin'), ...args],
  };
}

const goesBy = ({ metadata }: Pod, name: string) => metadata.name === name || metadata.labels?.app === name;

async function list<T>({ kubectl, namespace }: Ground, kind: string): Promise<T[]> {
  return (JSON.parse(await kubectl.must(['-n', namespace, 'get', kind, '-o', 'json'])) as { items: T[] }).items;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined || value === '') throw new Error(`the cluster has no ${what}`);
  return value;
}
