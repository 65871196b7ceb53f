import type { Fault, Symptom } from './fault.ts';
import { asksForName } from './requests.ts';

const OPENS = `timeout 2 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$0" "$1"`;

/** From its client to the address of its Service, where the flow is of such. */
function door({ flow }: Fault): Symptom | undefined {
  const [, , name, port = '80'] = /^svc\/([^/]+)\/([^:]+)(?::(\d+))?$/.exec(flow.to) ?? [];
  const client = clientOf(flow);
  if (!(name && client)) return undefined;
  return {
    at: { netOf: client },
    request: (facts) => ['sh', '-c', OPENS, facts.serviceIp(name), port],
    fails: 'never',
  };
}

const clientOf = ({ from }: Fault['flow']) => /^pod\/[^/]+\/(.+)$/.exec(from)?.[1];

const podAt = (at: Symptom['at']) => ('pod' in at ? at.pod : 'netOf' in at ? at.netOf : undefined);

/**
 * The door of the flow, where the symptom asks for a name alone, or from somewhere else. kube-proxy of the client's node
 * may write a Service later than CoreDNS names it and others serve it, and the verdict would be about that.
 */
export const doorBeside = (fault: Fault): Symptom | undefined =>
  asksForName(fault.symptom.request) || podAt(fault.symptom.at) !== clientOf(fault.flow) ? door(fault) : undefined;

/** As long as only names are broken, or nothing is, it stays open. */
export const doorThatStays = (fault: Fault): Symptom | undefined =>
  asksForName(fault.symptom.request) || fault.symptom.fails === 'never' ? doorBeside(fault) : undefined;
