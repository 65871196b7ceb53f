import type { Catalog } from '../catalog/catalog.js';
import { CannotLook } from '../domain/cannot-look.js';
import type { Result } from '../domain/finding.js';
import type { Kind, KubeObject } from '../domain/kinds.js';
import type { Rules, Scope, World } from '../domain/ports.js';
import { accessOf } from '../machines/access-of.js';
import type { FirstLook, Seen } from '../ui/first-look.js';
import { dnsSeen, most, nodesSeen, servicesSeen } from './seen.js';

export interface SweepInput {
  readonly world: World;
  readonly namespace: string;
  readonly catalog: Pick<Catalog, 'steps'>;
  readonly signal: AbortSignal;
}

const severity: readonly Result[] = ['fail', 'error', 'warn', 'unsure', 'skip', 'pass'];
const bySeverity = (a: Seen, b: Seen) => severity.indexOf(a.result) - severity.indexOf(b.result);

type Refused = { readonly what: string; readonly why: CannotLook };
type Answer<T> = { readonly items: T } | Refused;

const orRefused = async <T>(what: string, asked: Promise<T>): Promise<Answer<T>> => {
  try {
    return { items: await asked };
  } catch (error) {
    if (error instanceof CannotLook) return { what, why: error };
    throw error;
  }
};

const isRefused = (answer: Answer<unknown>): answer is Refused => 'why' in answer;

/** What was denied is one line; what else kept it from looking is one line for each reason. */
const refusals = (answers: readonly Answer<unknown>[]): Seen[] => {
  const refused = answers.filter(isRefused);
  const denied = refused.filter(({ why }) => why.code === 'forbidden').map(({ what }) => what);
  const others = new Set(refused.filter(({ why }) => why.code !== 'forbidden').map(({ why }) => why.message));
  return [
    ...(denied.length > 0 ? [{ result: 'error', key: 'denied', facts: { what: denied } } as const] : []),
    ...[...others].map((message): Seen => ({ result: 'error', key: 'cannot-look', facts: { message } })),
  ];
};

const seenIn = <T>(answer: Answer<T>, judge: (items: T) => Seen[]): Seen[] =>
  isRefused(answer) ? [] : judge(answer.items);

/**
 * A first look at a namespace in five requests, each of one page at most: what stands out before anybody
 * has said what is wrong. It only reads, and a denial is a line of its answer.
 */
export const sweep = async ({ world, namespace, catalog, signal }: SweepInput): Promise<FirstLook> => {
  const startedAt = world.clock.now();
  const list = <K extends Kind>(kind: K, scope: Scope) =>
    orRefused(
      kind,
      world.ask({ port: 'kube', verb: 'list', kind, limit: most, ...scope }, signal) as unknown as Promise<
        KubeObject<K>[]
      >,
    );
  const [services, slices, nodes, dns, rules] = await Promise.all([
    list('services', { namespace }),
    list('endpointslices', { namespace }),
    list('nodes', {}),
    list('pods', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
    orRefused<Rules>('selfsubjectrulesreviews', world.ask({ port: 'kube', verb: 'rules', namespace }, signal)),
  ]);
  const seen = [
    ...seenIn(services, (all) => seenIn(slices, (parts) => servicesSeen(namespace, all, parts))),
    ...seenIn(nodes, nodesSeen),
    ...seenIn(dns, dnsSeen),
    ...refusals([services, slices, nodes, dns, rules]),
  ];
  const steps = Object.values(catalog.steps).map(({ step }) => step);
  return {
    seen: seen.toSorted(bySeverity),
    access: isRefused(rules) ? [] : accessOf(steps, rules.items, namespace),
    tookMs: world.clock.now() - startedAt,
  };
};
