import { exemption, mayBeOwnNode } from '../judge/judge.js';
import type { Reach } from '../judge/reach.js';
import type { Loaded } from '../load.js';
import type { Party } from '../model/party.js';
import { allPorts, intersectPorts, isEmpty, noPorts, type PortSet, withoutPorts } from '../ports/port-set.js';
import { sorting } from './kinds.js';
import type { Peer } from './peers.js';
import { sideReach } from './side.js';

/** What is allowed from one peer to another, end to end. */
export interface Allowed {
  readonly from: Peer;
  readonly to: Peer;
  /** For sure. */
  readonly ports: PortSet;
  /** Whether there are more of which nobody can say. */
  readonly open: boolean;
}

type Both = Pick<Allowed, 'ports' | 'open'>;

const free: Both = { ports: allPorts, open: false };
const never: Both = { ports: noPorts, open: false };

const both = (egress: Reach, ingress: Reach): Both => {
  const ports = intersectPorts(egress.sure, ingress.sure);
  if (egress.sure === egress.maybe && ingress.sure === ingress.maybe) return { ports, open: false };
  return { ports, open: !isEmpty(withoutPorts(intersectPorts(egress.maybe, ingress.maybe), ports)) };
};

/** Where policies may have no effect, what they do not allow may be allowed all the same. */
const unlessAll = ({ ports, open }: Both): Both => ({ ports, open: open || !isEmpty(withoutPorts(allPorts, ports)) });

/** Remembers by identity: the sides hand out the same answer again and again. */
const remembered = () => {
  const known = new Map<Reach, Map<Reach, Both>>();
  return (egress: Reach, ingress: Reach): Both => {
    const row = known.get(egress) ?? new Map<Reach, Both>();
    known.set(egress, row);
    const found = row.get(ingress) ?? both(egress, ingress);
    row.set(ingress, found);
    return found;
  };
};

const fits = (one: Party, other: Party) =>
  !one.address || !other.address || one.address.family === other.address.family;

/** Where the families of two peers differ, only what all of them allow is sure. */
const inAll = (answers: readonly Both[]): Both => {
  const [first, ...rest] = answers;
  if (!first) return never;
  return rest.reduce((found, { ports, open }) => {
    const shared = intersectPorts(found.ports, ports);
    const differs = !isEmpty(withoutPorts(found.ports, shared)) || !isEmpty(withoutPorts(ports, shared));
    return { ports: shared, open: found.open || open || differs };
  }, first);
};

const judgeWith = ({ model }: Loaded, hosted: boolean) => {
  const sorted = sorting(model, hosted);
  const { kindOf } = sorted;
  const [egress, ingress] = [sideReach(model, 'egress', sorted), sideReach(model, 'ingress', sorted)];
  const join = remembered();
  return (from: Party, to: Party): Both => {
    if (exemption(from, to)) return free;
    const [source, target] = [kindOf(from), kindOf(to)];
    const found = join(egress(source, target), ingress(target, source));
    if (mayBeOwnNode(from, to) && found.ports !== allPorts) return { ...found, open: true };
    return model.unenforced ? unlessAll(found) : found;
  };
};

/** Every pair of peers between which something is allowed or may be, in the order of the peers. */
export const connections = (loaded: Loaded, peers: readonly Peer[]): Allowed[] => {
  const hosted = peers.some(({ parties }) => parties.some(({ hostNetwork }) => hostNetwork));
  const judge = judgeWith(loaded, hosted);
  const between = (from: Peer, to: Peer): Both => {
    const [one, other] = [from.parties[0], to.parties[0]];
    if (from.parties.length === 1 && to.parties.length === 1 && one && other)
      return fits(one, other) ? judge(one, other) : never;
    return inAll(from.parties.flatMap((a) => to.parties.filter((b) => fits(a, b)).map((b) => judge(a, b))));
  };
  const found: Allowed[] = [];
  for (const from of peers)
    for (const to of peers) {
      if (from === to || (from.range && to.range)) continue;
      const { ports, open } = between(from, to);
      if (open || !isEmpty(ports)) found.push({ from, to, ports, open });
    }
  return found;
};
