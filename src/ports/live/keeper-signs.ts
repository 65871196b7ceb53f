import { z } from 'zod';
import type { Scope } from '../../domain/ports.js';
import type { Keeper } from '../../queries/history/question.js';

export const serviceSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    ports: z.array(z.looseObject({ name: z.string().default(''), port: z.number() })).default([]),
  }),
});
export type Service = z.infer<typeof serviceSchema>;
type Port = Service['spec']['ports'][number];

/** How a cluster shows that it has one. */
export interface Signs {
  /** Asked for one after the other: what installers write. */
  readonly marks: readonly Scope[];
  isMarked(service: Service): boolean;
  /** Where it is asked; `undefined` where a Service leads to another part of it. */
  portOf(service: Service): Port | undefined;
  /** Of several, the one with the least is asked. */
  rank(service: Service): number;
  /** Where it mostly is. */
  readonly usualNamespace: string;
}

const componentOf = ({ metadata: { labels } }: Service) => labels['app.kubernetes.io/component'];

const webPorts = ['web', 'http-web', 'http', 'https', 'https-web'];

/** The operator (kube-prometheus-stack), the charts and Istio's sample, manifests from before. */
const prometheus: Signs = {
  marks: [
    { fields: { 'metadata.name': 'prometheus-operated' } },
    { labels: { 'app.kubernetes.io/name': 'prometheus' } },
    { labels: { app: 'prometheus' } },
  ],
  isMarked: ({ metadata: { name, labels } }) =>
    name === 'prometheus-operated' || labels['app.kubernetes.io/name'] === 'prometheus' || labels.app === 'prometheus',
  portOf({ spec: { ports } }) {
    const [first, ...more] = ports;
    const named = ports.find(({ name, port }) => webPorts.includes(name) || port === 9090);
    return named ?? (more.length === 0 ? first : undefined);
  },
  rank: () => 0,
  usualNamespace: 'monitoring',
};

/** The parts of Loki's chart that answer questions, the one that stands before the others first. */
const readers = ['gateway', 'query-frontend', 'read', 'querier', 'single-binary'];

/** Its chart, and the chart from before (loki-stack), whose Services have no component but a port for everything. */
const loki: Signs = {
  marks: [{ labels: { 'app.kubernetes.io/name': 'loki' } }, { labels: { app: 'loki' } }],
  isMarked: ({ metadata: { labels } }) => labels['app.kubernetes.io/name'] === 'loki' || labels.app === 'loki',
  portOf(service) {
    const { ports } = service.spec;
    const component = componentOf(service);
    if (component === undefined) return ports.find(({ port }) => port === 3100);
    const web = ports.find(({ name, port }) => name.startsWith('http') || port === 3100);
    return readers.includes(component) ? web : undefined;
  },
  rank(service) {
    const component = componentOf(service);
    return component === undefined ? readers.length : readers.indexOf(component);
  },
  usualNamespace: 'loki',
};

export const signs: Readonly<Record<Keeper, Signs>> = { prometheus, loki };
