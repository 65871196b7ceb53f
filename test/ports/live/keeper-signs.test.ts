import { expect, it } from 'vitest';
import { findKeeper } from '../../../src/ports/live/find-keeper.js';
import type { Kube, KubeCall } from '../../../src/ports/live/kube.js';

const never = new AbortController().signal;
type Call = Extract<KubeCall, { verb: 'list' }>;

const service = (name: string, labels: Readonly<Record<string, string>>, ports: object[]) => ({
  metadata: { name, namespace: 'logs', labels },
  spec: { ports },
});
type Service = ReturnType<typeof service>;
const web = [{ name: 'http-metrics', port: 3100 }];
const part = (component: string, ports: object[] = web) =>
  service(`loki-${component}`, { 'app.kubernetes.io/name': 'loki', 'app.kubernetes.io/component': component }, ports);
const older = (name: string, ports: object[]) => service(name, { app: 'loki' }, ports);

const showing = (services: readonly Service[]): Pick<Kube, 'list'> => ({
  list: async ({ labels = {} }: Call) =>
    services.filter(({ metadata }) =>
      Object.entries(labels).every(([key, value]) => metadata.labels[key] === value),
    ) as never,
});

it.each([
  [
    'the gateway of the chart before the parts behind it',
    [part('write'), part('read'), part('gateway', [{ name: 'http-metrics', port: 80 }]), part('canary')],
    'loki-gateway:80',
  ],
  [
    'the front end of its questions',
    [part('querier'), part('query-frontend'), part('distributor')],
    'loki-query-frontend:3100',
  ],
  [
    'the only process',
    [part('memberlist', [{ name: 'tcp', port: 7946 }]), part('single-binary')],
    'loki-single-binary:3100',
  ],
  ['a Service by hand', [service('store', { 'app.kubernetes.io/name': 'loki' }, [{ port: 3100 }])], 'store:3100'],
  [
    'the chart from before',
    [older('loki-memberlist', [{ name: 'http', port: 7946 }]), older('loki', web)],
    'loki:3100',
  ],
])('finds %s', async (_, services, name) =>
  expect(await findKeeper('loki', showing(services), never)).toEqual({ namespace: 'logs', name }),
);

it.each([
  ['only parts that are not asked', [part('write'), part('canary', [{ name: 'http-metrics', port: 3500 }])]],
  ['something else', [service('loki', { app: 'promtail' }, web)]],
])('finds none where there is %s', async (_, services) =>
  expect(await findKeeper('loki', showing(services), never)).toBeUndefined(),
);
