import type { Labels } from '../../domain/selector.js';
import type { Endpoint } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Party } from '../model/party.js';

/** They change with every revision or belong to one Pod alone: a policy that names them is wrong tomorrow. */
const passing = [
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
];

/** What people mean when they name an application: these are given up last. */
const names = ['k8s-app', 'app', 'app.kubernetes.io/name'];

const carries = (labels: Labels) => {
  const wanted = Object.entries(labels);
  return ({ party }: Endpoint) => wanted.every(([key, value]) => party.labels[key] === value);
};

const inOrder = (labels: Labels) => Object.keys(labels).sort((one, other) => names.indexOf(one) - names.indexOf(other));

/**
 * The fewest labels that, among these endpoints, select none that all of its labels would not select as well.
 * None at all where they would be needed for nobody.
 */
const fewest = (labels: Labels, around: readonly Endpoint[]): Labels => {
  const wanted = around.filter(carries(labels)).length;
  return inOrder(labels).reduce<Labels>((kept, key) => {
    const { [key]: _, ...fewer } = kept;
    return around.filter(carries(fewer)).length === wanted ? fewer : kept;
  }, labels);
};

const lasting = ({ labels }: Party): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !passing.includes(key)));

/** Labels for a selector that speaks of this Pod, and of as few others of its namespace as labels permit. */
export const narrowLabels = (party: Party, { pods, workloads }: Inventory): Labels => {
  const around = [...pods, ...workloads].filter((one) => one.party.namespace === party.namespace);
  const found = fewest(lasting(party), around);
  // Whoever is made later has other labels: a selector without any would speak of him, too.
  const [last] = inOrder(lasting(party)).reverse();
  return Object.keys(found).length > 0 || last === undefined ? found : { [last]: party.labels[last] ?? '' };
};

/** Labels that narrow down what already selects this Pod. */
export const narrowerLabels = (party: Party, selected: readonly Endpoint[]): Labels => fewest(lasting(party), selected);
