import { z } from 'zod';
import type { EndOf } from './flow.js';
import type { KubeObject } from './kinds.js';

type Ingress = KubeObject<'ingresses'>;
type Spec = NonNullable<Ingress['spec']>;
type Rule = NonNullable<Spec['rules']>[number];
type Path = NonNullable<Rule['http']>['paths'][number];
type Backend = Path['backend'];

/** Which rule of an Ingress takes a request, and where it sends it. */
export const routeSchema = z.strictObject({
  /** Of the request; empty where no rule asks for one. */
  host: z.string(),
  /** With the query. */
  path: z.string(),
  by: z.enum(['rule', 'default-backend', 'nothing', 'host-differs', 'path-differs', 'own-syntax']),
  /** The path of the rule that takes the request. */
  rule: z.string(),
  hosts: z.array(z.string()),
  paths: z.array(z.string()),
  /** Absent where no Service stands behind it. */
  backend: z.strictObject({ service: z.string(), port: z.union([z.int(), z.string()]) }).optional(),
  /** The host stands in `spec.tls`. */
  secure: z.boolean(),
  secret: z.string(),
});
export type Route = z.infer<typeof routeSchema>;
type Taken = Pick<Route, 'by' | 'rule'> & { readonly backend?: Backend | undefined };

/** 2 by name, 1 by a wildcard, which stands for one label, 0 by a rule for all, -1 not at all. */
const fitOf = (pattern: string, host: string): number => {
  if (pattern === '') return 0;
  if (pattern.toLowerCase() === host.toLowerCase()) return 2;
  const [, ...rest] = host.toLowerCase().split('.');
  return pattern.startsWith('*.') && rest.join('.') === pattern.slice(2).toLowerCase() ? 1 : -1;
};

const bare = (path: string) => path.split('?')[0] ?? '/';

const under = (prefix: string, path: string) => {
  const base = prefix.replace(/\/+$/, '');
  return path === base || path.startsWith(`${base}/`);
};

// What a controller makes of such a path is its own affair (pathType ImplementationSpecific).
const isPattern = ({ path = '/', pathType }: Path) =>
  pathType === 'ImplementationSpecific' && /[()[\]{}|*+?^$\\]/.test(path);

const takes = ({ path = '/', pathType }: Path, asked: string) => {
  if (pathType === 'Exact') return asked === path;
  return pathType === 'Prefix' ? under(path, asked) : asked.startsWith(path);
};

const rank = ({ path = '/', pathType }: Path) => path.length * 2 + (pathType === 'Exact' ? 1 : 0);

const pathsFor = (rules: readonly Rule[], host: string) => {
  const fits = rules.map((rule) => fitOf(rule.host ?? '', host));
  const best = Math.max(-1, ...fits);
  return best < 0 ? undefined : rules.flatMap((rule, at) => (fits[at] === best ? (rule.http?.paths ?? []) : []));
};

const taking = (paths: readonly Path[], asked: string): Taken | undefined => {
  const [first] = paths.filter((one) => !isPattern(one) && takes(one, asked)).toSorted((a, b) => rank(b) - rank(a));
  return first && { by: 'rule', rule: first.path ?? '/', backend: first.backend };
};

const without = (spec: Spec, by: Route['by']): Taken =>
  spec.defaultBackend ? { by: 'default-backend', rule: '', backend: spec.defaultBackend } : { by, rule: '' };

const takenBy = (spec: Spec, { host, path }: { host: string; path: string }): Taken => {
  const rules = spec.rules ?? [];
  if (rules.length === 0) return without(spec, 'nothing');
  const paths = pathsFor(rules, host);
  if (!paths) return without(spec, 'host-differs');
  const found = taking(paths, bare(path));
  if (found) return found;
  const [pattern] = paths.filter(isPattern);
  if (!pattern) return without(spec, 'path-differs');
  // With a single rule there is no doubt where it leads, only whether it takes the request.
  const sure = paths.length === 1 ? { backend: pattern.backend } : {};
  return { by: 'own-syntax', rule: pattern.path ?? '/', ...sure };
};

/** A request that the first rule was written for. */
const usual = (spec: Spec, host: string | undefined) => {
  const rules = spec.rules ?? [];
  const wanted = host ?? rules[0]?.host?.replace(/^\*/, 'any') ?? '';
  const [first] = pathsFor(rules, wanted) ?? [];
  return { host: wanted, path: first && !isPattern(first) ? (first.path ?? '/') : '/' };
};

const tlsFor = ({ tls = [] }: Spec, host: string) =>
  tls.find(({ hosts = [] }) => hosts.length === 0 || hosts.some((one) => fitOf(one, host) > 0));

const backendOf = (backend: Backend | undefined): Route['backend'] => {
  const { name, port } = backend?.service ?? {};
  return name === undefined ? undefined : { service: name, port: port?.number ?? port?.name ?? '' };
};

/** Where this Ingress alone sends the request that the flow names, or the one its first rule was written for. */
export const routeOf = (
  { spec = {} }: Pick<Ingress, 'spec'>,
  { host, path }: Pick<EndOf<'ingress'>, 'host' | 'path'>,
): Route => {
  const made = usual(spec, host);
  const asked = { host: made.host, path: path ?? made.path };
  const taken = takenBy(spec, asked);
  const backend = backendOf(taken.backend);
  const rules = spec.rules ?? [];
  const tls = tlsFor(spec, asked.host);
  return {
    ...asked,
    by: taken.by,
    rule: taken.rule,
    hosts: [...new Set(rules.map((rule) => rule.host ?? ''))],
    paths: (pathsFor(rules, asked.host) ?? []).map((one) => `${one.path ?? '/'} (${one.pathType})`),
    ...(backend && { backend }),
    secure: tls !== undefined,
    secret: tls?.secretName ?? '',
  };
};

/** The request and where it leads, for sentences. */
export const requestWords = (route: Route | undefined) => {
  const { host = '', path = '/', backend = { service: '', port: '' } } = route ?? {};
  return { host: host || '*', path, backend: backend.service, 'backend-port': backend.port };
};

/** The Services of its Namespace that an Ingress leads to, each once. */
export const servicesBehind = ({ spec }: Ingress): string[] => {
  const paths = (spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend));
  return [...new Set([spec?.defaultBackend, ...paths].flatMap((backend) => backend?.service?.name ?? []))];
};
