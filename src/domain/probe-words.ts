import type { KubeObject } from './kinds.js';

type Container = NonNullable<KubeObject<'pods'>['spec']>['containers'][number];
type Probe = NonNullable<Container['readinessProbe']>;

const words = ({ httpGet, tcpSocket, grpc, exec }: Probe): string => {
  if (httpGet) return `httpGet :${httpGet.port}${httpGet.path ?? '/'}`;
  if (tcpSocket) return `tcpSocket :${tcpSocket.port}`;
  if (grpc) return `grpc :${grpc.port}`;
  return `exec ${(exec?.command ?? []).join(' ')}`;
};

/** What decides whether the Pod is ready: the probe of its first container that is not, in the words of its manifest. */
export const probeWords = ({ spec, status }: KubeObject<'pods'>): string => {
  const isReady = (name: string) => status?.containerStatuses?.find((item) => item.name === name)?.ready ?? false;
  const probe = spec?.containers.find(({ name, readinessProbe }) => readinessProbe && !isReady(name))?.readinessProbe;
  return probe ? words(probe) : '';
};
