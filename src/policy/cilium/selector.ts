import type { Inventory } from '../inventory/inventory.js';
import { doubt, every, type Match } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, complain, type Field, itemsOf, labelsOf, objectOf, textOf, wordOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { type Key, labelOf, namespaceKey, namespaceLabels, readKey } from './labels.js';

type Test = (party: Party) => Match;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
type Operator = (typeof operators)[number];

interface Requirement {
  readonly key: Key;
  readonly operator: Operator;
  readonly values: ReadonlySet<string>;
}

/** What is missing satisfies `NotIn` and `DoesNotExist`. */
const holds = ({ operator, values }: Requirement, value: string | undefined): boolean => {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  return (value !== undefined && values.has(value)) === (operator === 'In');
};

const readExpression = (field: Field): Requirement | undefined => {
  const key = textOf(child(field, 'key'));
  const operator = wordOf(child(field, 'operator'), operators);
  const values = (itemsOf(child(field, 'values')) ?? []).flatMap((item) => textOf(item) ?? []);
  if (!key) complain(child(field, 'key'), 'a key is missing');
  if (!operator) complain(child(field, 'operator'), `an operator is missing: ${operators.join(', ')}`);
  if (!key || !operator) return undefined;
  const wants = operator === 'In' || operator === 'NotIn';
  if (wants !== values.length > 0)
    complain(child(field, 'values'), wants ? `${operator} needs a value` : `${operator} takes no value`);
  return { key: readKey(key), operator, values: new Set(values) };
};

export interface EndpointSelector {
  /** What its labels ask for, wherever the policy lives. */
  readonly test: Test;
  readonly namesNamespace: boolean;
  readonly namesReserved: boolean;
}

const isNamespace = ({ source, name }: Key) =>
  (source === 'k8s' || source === 'any') && (name === namespaceKey || name.startsWith(namespaceLabels));

export const readEndpointSelector = (field: Field, inventory: Inventory): EndpointSelector => {
  objectOf(field);
  const unknown = unknownFields(field, 'matchLabels', 'matchExpressions');
  const pairs = Object.entries(labelsOf(child(field, 'matchLabels'))).map(
    ([key, value]): Requirement => ({ key: readKey(key), operator: 'In', values: new Set([value]) }),
  );
  const expressions = (itemsOf(child(field, 'matchExpressions')) ?? []).flatMap((item) => readExpression(item) ?? []);
  const requirements = [...pairs, ...expressions];
  const test: Test = (party) =>
    every(requirements, (requirement) => {
      const value = labelOf(party, requirement.key, inventory);
      return typeof value === 'object' ? value : holds(requirement, value);
    });
  const [strange] = unknown;
  return {
    test: strange === undefined ? test : () => doubt('field-not-understood', { field: strange }),
    namesNamespace: requirements.some(({ key }) => isNamespace(key)),
    namesReserved: requirements.some(({ key }) => key.source === 'reserved'),
  };
};

/**
 * A peer is sought in the namespace of the policy, in any one for a clusterwide policy, unless it says which (utils.go,
 * getEndpointSelector). Then labels that others lack may select more than Pods.
 */
export const asPeer = ({ test, namesNamespace, namesReserved }: EndpointSelector, home: string): Test => {
  if (namesReserved) return test;
  return (party) => {
    if (isPod(party)) return (namesNamespace || home === '' || party.namespace === home) && test(party);
    return namesNamespace && test(party) !== false && doubt('beyond-endpoints', { end: party.name });
  };
};
