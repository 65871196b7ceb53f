import type { Facts } from '../../domain/finding.js';
import { policyReads } from './documents.js';
import { type PolicySide, type PolicyView, policyViewSchema } from './view.js';

const policyOutcomes = {
  open: 'pass',
  allowed: 'pass',
  denied: 'fail',
  'port-not-allowed': 'fail',
  'labels-not-allowed': 'fail',
  'needs-both-selectors': 'fail',
  'host-network-not-selected': 'fail',
  'some-denied': 'fail',
  'denied-if-enforced': 'warn',
  'denied-by-nobody': 'pass',
  'cannot-be-known': 'unsure',
  'nothing-to-judge': 'unsure',
} as const;
export type PolicyOutcome = keyof typeof policyOutcomes;

const bySlip = {
  'host-network': 'host-network-not-selected',
  'service-port': 'port-not-allowed',
  ports: 'port-not-allowed',
  'both-selectors': 'needs-both-selectors',
  labels: 'labels-not-allowed',
} as const;

const outcomeOf = ({ engine, nobody }: PolicyView, side: PolicySide): PolicyOutcome => {
  if (side.answer === 'unknown') return 'cannot-be-known';
  if (side.answer === 'allowed') return side.by.length > 0 ? 'allowed' : 'open';
  if (nobody) return 'denied-by-nobody';
  // A program that nobody here knows may enforce them, or none.
  if (engine === undefined) return 'denied-if-enforced';
  if (side.denied < side.of) return 'some-denied';
  return side.near ? bySlip[side.near.slip] : 'denied';
};

const factsOf = (side: PolicySide, engine: string): Facts => ({
  from: side.from,
  to: side.to,
  'port-number': side.port,
  'port-protocol': side.protocol,
  'policy-kind': side.by[0]?.kind ?? '',
  policies: side.by.map(({ policy, rule }) => (rule ? `${policy} ${rule}` : policy)),
  'near-policy': side.near ? `${side.near.policy} ${side.near.rule}` : '',
  wants: side.near?.wants ?? [],
  has: side.near?.has ?? [],
  'denied-count': side.denied,
  'all-count': side.of,
  doubts: side.doubts,
  change: side.change,
  engine,
  ...(side.rule && { 'deciding-rule': side.rule }),
});

const judgePolicies = (view: PolicyView): { outcome: PolicyOutcome; facts?: Facts } => {
  if (!view.side) return { outcome: 'nothing-to-judge' };
  return { outcome: outcomeOf(view, view.side), facts: factsOf(view.side, view.engine ?? '') };
};

/** What a check of one direction has in common with that of the other. */
export const judging = {
  stage: 'policy',
  level: 'observe',
  cost: 0,
  reads: policyReads,
  runs: [],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: policyViewSchema,
  outcomes: policyOutcomes,
  interpret: judgePolicies,
} as const;
