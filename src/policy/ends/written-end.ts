import { isIP } from 'node:net';
import { readEnd } from '../../domain/ends.js';
import type { End } from '../../domain/flow.js';

/** A Pod or a workload of this name, or a workload of this kind. */
export interface BareEnd {
  readonly kind: 'named';
  readonly namespace: string;
  readonly name: string;
  /** `Deployment`, as a matrix writes it in brackets. */
  readonly of: string | undefined;
}

export type PolicyEnd = End | BareEnd;

const bare = /^([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9.-]*)(?:\[(\w+)\])?$/;
/** A range has to say that it is one only where it could be a name. */
const cidr = /^[\da-f:.]+\/\d{1,3}$/i;

const kindWords: ReadonlySet<string> = new Set(
  'po pod pods svc service services ing ingress ingresses deploy deployment deployments sts statefulset statefulsets ds daemonset daemonsets job jobs no node nodes host ip cidr outside'.split(
    ' ',
  ),
);

const readBare = (text: string): BareEnd | undefined => {
  const [, namespace, name, of] = bare.exec(text) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return of === undefined && kindWords.has(namespace) ? undefined : { kind: 'named', namespace, name, of };
};

/** An end as every command takes it; `namespace/name`, an address or a CIDR alone are understood, too. */
export const readPolicyEnd = (text: string, namespace: string): PolicyEnd => {
  const address = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address)) return { kind: 'ip', address };
  if (cidr.test(text) && isIP(text.split('/')[0] ?? '')) return readEnd(`cidr/${text}`, namespace);
  return readBare(text) ?? readEnd(text, namespace);
};
