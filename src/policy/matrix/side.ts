import { foreign } from '../judge/judge.js';
import { isTied, type Plan, planOf } from '../judge/plan.js';
import { type Reach, reachFrom } from '../judge/reach.js';
import { doubt, type Match } from '../model/match.js';
import type { Direction, Model, Rule } from '../model/policy.js';
import { allPorts, noPorts, type PortSet } from '../ports/port-set.js';
import { type Kind, type Sorting, says } from './kinds.js';

const rulesIn = (plan: Plan): Rule[] =>
  plan.flatMap(({ steps }) =>
    steps.flatMap((step) => (isTied(step) ? step.tied.flat() : [step]).map(({ rule }) => rule)),
  );

/** A matrix does not tell why. */
const someDoubt = doubt('open');
const matchOf = (code: number | undefined): Match => (code === says.doubt ? someDoubt : code === says.yes);

/** What one side allows to or from another kind; asked often, worked out once for each that is treated alike. */
export type SideReach = (subject: Kind, peer: Kind) => Reach;

interface Line {
  readonly plan: Plan;
  /** Numbers of its rules. */
  readonly rules: readonly number[];
  readonly known: Map<string, Reach>;
  /** A policy that nobody understands may touch it: nothing is sure. */
  readonly open: boolean;
}

const everything: Reach = { sure: allPorts, maybe: allPorts };

const rememberedPorts = () => {
  const known = new Map<string, Map<Rule, PortSet>>();
  return (receiver: Kind) => {
    const here = known.get(receiver.ports) ?? new Map<Rule, PortSet>();
    known.set(receiver.ports, here);
    return (rule: Rule) => {
      const ports = here.get(rule) ?? rule.ports(receiver.party);
      here.set(rule, ports);
      return ports;
    };
  };
};

const keyOf = ({ rules }: Line, { matches }: Kind) => {
  let key = '';
  for (const rule of rules) key += matches[rule];
  return key;
};

export const sideReach = (model: Model, direction: Direction, { numbers }: Sorting): SideReach => {
  const lines = new Map<Kind, Line>();
  const portsFor = rememberedPorts();
  const lineOf = (subject: Kind): Line => {
    const plan = planOf(model, subject.party, direction);
    const rules = [...new Set(rulesIn(plan))].map((rule) => numbers.get(rule) ?? -1);
    const line = { plan, rules, known: new Map(), open: foreign(model, subject.party).length > 0 };
    lines.set(subject, line);
    return line;
  };
  const work = ({ plan, open }: Line, peer: Kind, receiver: Kind): Reach => {
    const matches = (rule: Rule) => matchOf(peer.matches[numbers.get(rule) ?? -1]);
    const reach = reachFrom({ plan, matches, ports: portsFor(receiver) }, { stage: 0, step: 0 }, allPorts);
    return open ? { sure: noPorts, maybe: reach.maybe } : reach;
  };
  return (subject, peer) => {
    const line = lines.get(subject) ?? lineOf(subject);
    if (line.plan.length === 0 && !line.open) return everything;
    const key = direction === 'egress' ? `${keyOf(line, peer)} ${peer.ports}` : keyOf(line, peer);
    const found = line.known.get(key) ?? work(line, peer, direction === 'egress' ? peer : subject);
    line.known.set(key, found);
    return found;
  };
};
