import { isDoubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import { directions, type Model, type Policy, type Rule } from '../model/policy.js';

/** What a rule says of somebody, small enough to keep for everybody. */
export const says = { no: 0, yes: 1, doubt: 2 } as const;

const code = (match: Match) => (isDoubt(match) ? says.doubt : match ? says.yes : says.no);

const rulesOf = (policy: Policy): readonly Rule[] => directions.flatMap((direction) => policy[direction]?.rules ?? []);

/** What no policy can tell apart, nor the network: for a matrix they are one. */
export interface Kind {
  readonly party: Party;
  /** What each rule says of it as the other end, by the number of the rule. */
  readonly matches: Uint8Array;
  /** Equal where named ports mean the same. */
  readonly ports: string;
}

export interface Sorting {
  readonly kindOf: (party: Party) => Kind;
  readonly numbers: ReadonlyMap<Rule, number>;
}

/** Whether it stands on its node matters only to those who are on a node themselves. */
const placeOf = ({ kind, node, hostNetwork }: Party, hosted: boolean) =>
  kind === 'outside' ? 'outside' : hosted ? `${hostNetwork} ${node}` : '';

const portsOf = ({ declared, kind, hostNetwork }: Party) =>
  declared.length === 0 ? `${kind} ${hostNetwork}` : `${kind} ${hostNetwork} ${JSON.stringify(declared)}`;

/** As text, so that two can be compared. */
const packed = (codes: Uint8Array) => Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('latin1');

/** Sorts parties into kinds. `hosted` where some of them are in the network of a node. */
export const sorting = ({ policies, unjudged }: Model, hosted: boolean): Sorting => {
  const rules = policies.flatMap(rulesOf);
  const narrowing = rules.flatMap(({ own }) => own ?? []);
  const kinds = new Map<string, Kind>();
  const known = new Map<Party, Kind>();
  const sort = (party: Party): Kind => {
    const matches = Uint8Array.from(rules, (rule) => code(rule.peer(party)));
    const own = Uint8Array.from([
      ...policies.map(({ subject }) => code(subject(party))),
      ...narrowing.map((test) => code(test(party))),
    ]);
    const ports = portsOf(party);
    const touched = unjudged.map(({ touches }) => code(touches(party))).join('');
    const key = [packed(matches), packed(own), touched, ports, placeOf(party, hosted)].join('|');
    const kind = kinds.get(key) ?? { party, matches, ports };
    kinds.set(key, kind);
    return kind;
  };
  return {
    numbers: new Map(rules.map((rule, index) => [rule, index])),
    kindOf: (party) => {
      const kind = known.get(party) ?? sort(party);
      known.set(party, kind);
      return kind;
    },
  };
};
