import type { Match } from '../model/match.js';
import { isPod, type Party } from '../model/party.js';
import { child, complain, type Field, isAbsent, knowOnly, objectOf } from '../read/field.js';
import { readSelector, type Select } from '../selector/label-selector.js';

const required = (field: Field, key: string): Select => {
  const found = child(field, key);
  if (isAbsent(found)) complain(found, 'is required; {} selects all');
  return readSelector(found);
};

/** Pods in the network of their node are in no subject and no peer. */
const among = (namespaces: Select, pods: Select) => (party: Party) =>
  isPod(party) && namespaces(party.namespaceLabels) && pods(party.labels);

/** Either `namespaces` or `pods`; nothing where neither is written. */
export const readPodsOf = (field: Field): ((party: Party) => boolean) | undefined => {
  const [namespaces, pods] = [child(field, 'namespaces'), child(field, 'pods')];
  if (!isAbsent(namespaces)) return among(readSelector(namespaces), () => true);
  if (isAbsent(pods)) return undefined;
  knowOnly(pods, 'namespaceSelector', 'podSelector');
  return among(required(pods, 'namespaceSelector'), required(pods, 'podSelector'));
};

export const readSubject = (field: Field): ((party: Party) => Match) => {
  const keys = Object.keys(objectOf(field) ?? {});
  knowOnly(field, 'namespaces', 'pods');
  if (keys.length !== 1) complain(field, 'write either namespaces or pods');
  return readPodsOf(field) ?? (() => false);
};
