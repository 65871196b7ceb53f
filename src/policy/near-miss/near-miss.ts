import { judgePair } from '../flow/evaluate.js';
import type { Document } from '../inventory/document.js';
import type { Connection } from '../judge/judge.js';
import { load } from '../load.js';
import type { Party } from '../model/party.js';
import type { Direction } from '../model/policy.js';
import { peersIn, rewritten, ruleNamed, type WrittenRule, withPeers } from './edit.js';
import { isPortSlip, portsOfRule } from './port-slip.js';
import { type Term, termsOf } from './terms.js';

export type Slip = 'host-network' | 'service-port' | 'ports' | 'both-selectors' | 'labels';

/** A rule that would have let the connection through, had one thing been otherwise. */
export interface NearMiss {
  readonly slip: Slip;
  readonly namespace: string;
  readonly policy: string;
  readonly rule: string;
  /** What the rule asks for, and what is there instead. */
  readonly wants: readonly string[];
  readonly has: readonly string[];
}

interface Asked {
  readonly direction: Direction;
  readonly connection: Connection;
  /** Port of the Service, where the connection goes through one. */
  readonly servicePort: number | undefined;
  readonly documents: readonly Document[];
}

const allowedBy = (
  { direction, documents }: Asked,
  connection: Connection,
  change?: (rule: WrittenRule) => WrittenRule,
) => {
  const edited = change ? rewritten(documents, direction, change) : documents;
  const loaded = load(edited, { namespace: 'default', engine: 'kubernetes' });
  const { answer, by } = judgePair(loaded, connection)[direction];
  const [first] = by;
  if (answer !== 'allowed' || !first?.rule) return undefined;
  const { namespace, name } = first.policy;
  const written = ruleNamed(documents, first.policy, first.rule.name);
  return written && { namespace, policy: name, rule: first.rule.name, written };
};

type Found = NonNullable<ReturnType<typeof allowedBy>>;

const missed = (slip: Slip, { namespace, policy, rule }: Found, terms: Term): NearMiss => ({
  slip,
  namespace,
  policy,
  rule,
  ...terms,
});

const peerOf = ({ direction, connection }: Asked): Party => (direction === 'ingress' ? connection.from : connection.to);
const withPeer = ({ direction, connection }: Asked, peer: Party): Connection =>
  direction === 'ingress' ? { ...connection, from: peer } : { ...connection, to: peer };
const portWords = ({ protocol, port }: Connection) => `${protocol} ${port}`;

const hostNetwork = (asked: Asked) => {
  const peer = peerOf(asked);
  if (!peer.hostNetwork || peer.kind !== 'pod') return undefined;
  const found = allowedBy(asked, withPeer(asked, { ...peer, hostNetwork: false }));
  return found && missed('host-network', found, { wants: ['hostNetwork=false'], has: ['hostNetwork=true'] });
};

const servicePort = (asked: Asked) => {
  const { connection, servicePort: port } = asked;
  if (port === undefined || port === connection.port) return undefined;
  const found = allowedBy(asked, { ...connection, port });
  // A rule that speaks of no port would have let the connection through as it is.
  return found && missed('service-port', found, { wants: portsOfRule(found.written), has: [portWords(connection)] });
};

const otherPort = (asked: Asked) => {
  const { direction, connection } = asked;
  const found = allowedBy(asked, connection, (rule) => ({ ...rule, ports: [] }));
  if (!found || !isPortSlip(found.written, direction, connection)) return undefined;
  return missed('ports', found, { wants: portsOfRule(found.written), has: [portWords(connection)] });
};

/** Two selectors in one entry are an AND: somebody may have meant two entries, the second of the own namespace. */
const bothSelectors = (asked: Asked) => {
  const { direction, connection } = asked;
  const split = (rule: WrittenRule) => {
    const alone = peersIn(rule, direction).flatMap((peer) =>
      peer.podSelector && peer.namespaceSelector ? [{ podSelector: peer.podSelector }] : [],
    );
    return alone.length > 0 ? withPeers(rule, direction, alone) : rule;
  };
  const found = allowedBy(asked, connection, split);
  const terms = found && termsOf(peersIn(found.written, direction), peerOf(asked), found.namespace);
  return found && terms && missed('both-selectors', found, terms);
};

/** Rules that name nobody by a selector name addresses, or everybody. */
const labels = (asked: Asked) => {
  const { direction, connection } = asked;
  const anybody = (rule: WrittenRule) =>
    peersIn(rule, direction).some(({ ipBlock }) => !ipBlock) ? withPeers(rule, direction, []) : rule;
  if (peerOf(asked).kind !== 'pod') return undefined;
  const found = allowedBy(asked, connection, anybody);
  const terms = found && termsOf(peersIn(found.written, direction), peerOf(asked), found.namespace);
  return found && terms && missed('labels', found, terms);
};

/** The rule that comes nearest to allowing a denied connection, by changing one thing at a time and judging again. */
export const nearMiss = (asked: Asked): NearMiss | undefined =>
  hostNetwork(asked) ?? servicePort(asked) ?? otherPort(asked) ?? bothSelectors(asked) ?? labels(asked);
