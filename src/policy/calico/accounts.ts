import type { Labels } from '../../domain/selector.js';
import { type Manifest, metadataOf } from '../inventory/document.js';
import { doubt, type Match } from '../model/match.js';
import type { Party } from '../model/party.js';
import { child, type Field, isAbsent, itemsOf, labelsOf, objectOf, textOf } from '../read/field.js';
import { readSelector, type Select } from './selector/read-selector.js';

/** Labels of service accounts, by `namespace/name`. */
export type Accounts = ReadonlyMap<string, Labels>;

export const accountsIn = (manifests: readonly Manifest[]): Accounts =>
  new Map(
    manifests
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map((one) => [`${one.namespace}/${one.name}`, labelsOf(child(metadataOf(one), 'labels'))]),
  );

/** The labels of an account that nobody has written down may be any. */
export const accountSelected =
  (select: Select, accounts: Accounts) =>
  (party: Party): Match => {
    const name = `${party.namespace}/${party.serviceAccount}`;
    const labels = accounts.get(name);
    if (!labels) return doubt('account-unknown', { account: name });
    return select((key) => {
      if (key === 'projectcalico.org/name') return party.serviceAccount;
      return Object.hasOwn(labels, key) ? labels[key] : undefined;
    });
  };

export interface AccountTest {
  readonly names: ReadonlySet<string> | undefined;
  readonly labelled: ((party: Party) => Match) | undefined;
}

/** Names and selector both have to hold. */
export const readAccounts = (field: Field, accounts: Accounts): AccountTest | undefined => {
  if (isAbsent(field)) return undefined;
  objectOf(field);
  const names = (itemsOf(child(field, 'names')) ?? []).flatMap((item) => textOf(item) ?? []);
  const select = readSelector(child(field, 'selector'));
  return {
    names: names.length > 0 ? new Set(names) : undefined,
    labelled: select && accountSelected(select, accounts),
  };
};
