import { flowBetween, readEnd } from '../domain/ends.js';
import type { Flow } from '../domain/flow.js';
import { UsageProblem } from './io.js';
import type { SessionOptions } from './options.js';

/**
 * The flow that the flags name, or nothing when an end is missing and somebody can be asked.
 * Names without a namespace are of `namespace`. Throws `EndProblem` or `UsageProblem`.
 */
export const flowOfFlags = ({ from, to }: Pick<SessionOptions, 'from' | 'to'>, namespace: string): Flow | undefined => {
  if (from === undefined || to === undefined) return undefined;
  return flowBetween(readEnd(from, namespace), readEnd(to, namespace));
};

export const requireFlow = (options: Pick<SessionOptions, 'from' | 'to'>, namespace: string): Flow => {
  const flow = flowOfFlags(options, namespace);
  if (flow) return flow;
  const missing = [options.from === undefined && '--from', options.to === undefined && '--to']
    .filter(Boolean)
    .join(' and ');
  throw new UsageProblem(
    `Nobody can be asked here, and ${missing} is missing: for example --from pod/shop/client --to svc/shop/cart:80.`,
  );
};
