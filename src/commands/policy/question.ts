import { EndProblem } from '../../domain/ends.js';
import type { Port, Protocol } from '../../domain/flow.js';
import { type PolicyEnd, readPolicyEnd } from '../../policy/ends/written-end.js';
import type { Question } from '../../policy/flow/evaluate.js';
import { UsageProblem } from '../io.js';
import type { PolicyOptions } from './options.js';

const endOf = (flag: string, text: string | undefined, namespace: string): PolicyEnd => {
  if (text === undefined) throw new UsageProblem(`${flag} is missing: pod/NS/NAME, NS/NAME, svc/NS/NAME, an address …`);
  try {
    return readPolicyEnd(text, namespace);
  } catch (error) {
    if (error instanceof EndProblem) throw new UsageProblem(`${flag} ${error.message}`);
    throw error;
  }
};

const portOf = (end: PolicyEnd): Port | undefined => ('port' in end ? end.port : undefined);
const protocolOf = (end: PolicyEnd): Protocol | undefined => ('protocol' in end ? end.protocol : undefined);

/** The flow that the flags ask about. A port behind the destination and `--port` have to agree. */
export const questionOf = (options: PolicyOptions): Question => {
  const from = endOf('--from', options.from, options.namespace);
  const to = endOf('--to', options.to, options.namespace);
  const behind = portOf(to);
  if (behind !== undefined && options.port !== undefined && behind !== options.port)
    throw new UsageProblem(`--to names port ${behind}, --port ${options.port}: which one?`);
  return { from, to, port: behind ?? options.port, protocol: protocolOf(to) ?? options.protocol ?? 'TCP' };
};
