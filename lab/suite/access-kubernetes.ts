import { letTeamInto } from '../access/people.ts';
import { bin, kubeconfig, within } from '../cluster/plan.ts';
import { run } from '../machine/run.ts';
import type { Argv } from '../scenario/place.ts';
import type { Proof, Stage } from './proof.ts';

const HERE = ['-n', 'doorkeeper'];
const exec: Argv = [...HERE, 'exec', 'guest', '--', 'true'];
const forbidden = /\(Forbidden\)/;

const calls = {
  pods: [...HERE, 'get', 'pods'],
  events: [...HERE, 'get', 'events'],
  nodes: ['get', 'nodes'],
  namespaces: ['get', 'namespaces'],
  'other pods': ['-n', 'kube-system', 'get', 'pods'],
  exec,
} as const satisfies Record<string, Argv>;
type Call = keyof typeof calls;

interface Rights {
  may: readonly Call[];
  /** What the rest of the calls is answered with; a call that is no network answer has no status. */
  else: RegExp;
}

const RIGHTS: Readonly<Record<string, Rights>> = {
  admin: { may: ['pods', 'events', 'nodes', 'namespaces', 'other pods', 'exec'], else: forbidden },
  viewer: { may: ['pods', 'events', 'nodes', 'namespaces', 'other pods'], else: forbidden },
  prober: { may: ['pods', 'events', 'nodes', 'namespaces', 'other pods', 'exec'], else: forbidden },
  noexec: { may: ['pods', 'events', 'namespaces', 'other pods'], else: forbidden },
  noevents: { may: ['pods', 'nodes', 'namespaces', 'other pods', 'exec'], else: forbidden },
  oneteam: { may: ['pods', 'events', 'exec'], else: forbidden },
  podmaker: { may: ['pods', 'events', 'nodes', 'namespaces', 'other pods', 'exec'], else: forbidden },
  nobody: { may: [], else: forbidden },
  'expired-token': { may: [], else: /must be logged in|Unauthorized/ },
  'expired-cert': { may: [], else: /certificate has expired|must be logged in|Unauthorized/ },
  wrongca: { may: [], else: /certificate signed by unknown authority/ },
  dead: { may: [], else: /connection refused/ },
};

const as = ({ lab }: Stage, who: string, args: Argv) =>
  run([...within(lab, 'bastion'), bin(lab, 'kube'), 'kubectl', '--kubeconfig', kubeconfig(lab, who), ...args]);

async function judge(stage: Stage, who: string, call: Call): Promise<string[]> {
  const { may, else: refusal } = RIGHTS[who] ?? { may: [], else: forbidden };
  const { code, stderr } = await as(stage, who, calls[call]);
  if (may.includes(call)) return code === 0 ? [] : [`${who} is refused ${call}: ${stderr.trim()}`];
  if (code === 0) return [`${who} may ${call}`];
  return refusal.test(stderr) ? [] : [`${who} is refused ${call} in other words: ${stderr.trim()}`];
}

const proofOf =
  (who: string): Proof =>
  async (stage) => {
    if (who === 'oneteam') await letTeamInto(stage.kubectl, 'doorkeeper');
    const judged = await Promise.all((Object.keys(calls) as Call[]).map((call) => judge(stage, who, call)));
    return judged.flat();
  };

export const kubernetesAccess = Object.keys(RIGHTS).map(
  (who) => [`${who} may do what is said, and nothing else`, proofOf(who)] as const,
);
