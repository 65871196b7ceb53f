import type { Catalog } from '../catalog/catalog.js';
import { flowBetween, readEnd } from '../domain/ends.js';
import type { End, Flow } from '../domain/flow.js';
import { nearNames } from '../domain/near-names.js';
import { UsageProblem } from './io.js';
import type { SessionOptions } from './options.js';
import { verbNames } from './verbs.js';

type Request = Pick<SessionOptions, 'host' | 'path'>;

/** The end with the request that goes there. Throws `UsageProblem` for an end that takes none. */
export const requested = (to: End, { host, path }: Request): End => {
  if (host === undefined && path === undefined) return to;
  if (to.kind !== 'ingress')
    throw new UsageProblem('--host and --path say what is asked of an Ingress, for example --to ing/shop/front.');
  return { ...to, ...(host !== undefined && { host }), ...(path !== undefined && { path }) };
};

type Ends = Pick<SessionOptions, 'from' | 'to'> & Request;

/**
 * The flow that the flags name, or nothing when an end is missing and somebody can be asked.
 * Names without a namespace are of `namespace`. Throws `EndProblem` or `UsageProblem`.
 */
export const flowOfFlags = ({ from, to, ...request }: Ends, namespace: string): Flow | undefined => {
  if (from === undefined || to === undefined) return undefined;
  return flowBetween(readEnd(from, namespace), requested(readEnd(to, namespace), request));
};

/**
 * Refuses a symptom that no runbook is named after. `run` is the command when none is named, so the word
 * may also have been meant as a command. Throws `UsageProblem`.
 */
export const requireSymptom = (symptom: string | undefined, { runbooks }: Pick<Catalog, 'runbooks'>) => {
  if (symptom === undefined || Object.hasOwn(runbooks, symptom)) return;
  const near = nearNames(symptom, [...verbNames, ...Object.keys(runbooks)]);
  const hint =
    near.length > 0 ? `Near: ${near.join(', ')}.` : `Symptoms: ${Object.keys(runbooks).join(', ')}. Commands: --help.`;
  throw new UsageProblem(`There is no command and no symptom "${symptom}". ${hint}`);
};

export const requireFlow = (options: Ends, namespace: string): Flow => {
  const flow = flowOfFlags(options, namespace);
  if (flow) return flow;
  const missing = [options.from === undefined && '--from', options.to === undefined && '--to']
    .filter(Boolean)
    .join(' and ');
  throw new UsageProblem(
    `Nobody can be asked here, and ${missing} is missing: for example --from pod/shop/client --to svc/shop/cart:80.`,
  );
};
