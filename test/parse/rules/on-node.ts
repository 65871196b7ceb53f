import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Run } from '../../../src/domain/query.js';
import { ran } from '../../support/fake-world.js';

const root = new URL('../../fixtures/', import.meta.url);
const states = new URL('packet-rules/', root);

/** What the real tools said of a node in that state: recorded in a network namespace, or in a cluster. */
export const stateFile = (state: string, file: string): string => {
  const at = new URL(`${state}/${file}`, states);
  return existsSync(at) ? readFileSync(at, 'utf8') : '';
};
export const recordedStates = readdirSync(states);

export const ofCorpus = (file: string): string => readFileSync(new URL(`corpus/${file}`, root), 'utf8');

const tablesOf = (state: string) => stateFile(state, 'nft-tables.json');

const routes: Readonly<Record<string, string>> = {
  pod: '10.244.1.9 dev cni0 src 10.244.1.1 uid 0 \\    cache ',
  elsewhere: '10.96.114.96 via 10.0.0.1 dev eth0 src 10.0.0.11 uid 0 \\    cache ',
  local: 'local 10.96.114.96 dev lo table local src 10.96.114.96 uid 0 \\    cache <local> ',
};

export interface NodeState {
  readonly state: string;
  readonly devices?: readonly string[];
  /** The Service address belongs to the node, as with IPVS. */
  readonly local?: boolean;
  readonly other?: (query: string, args: JsonObject) => Run | undefined;
}

/** Answers the queries about packet rules as a node in that state does. */
export const answersOf =
  ({ state, devices = ['cni0', 'eth0', 'flannel.1', 'lo'], local = false, other }: NodeState) =>
  (query: string, args: JsonObject): Run => {
    const own = other?.(query, args);
    if (own) return own;
    switch (query) {
      case 'packet-table-names':
        return ran(stateFile(state, 'packet-table-names.txt'));
      case 'packet-rules-version':
        return ran('iptables v1.8.9 (nf_tables)\n');
      case 'packet-rules':
        return ran(stateFile(state, 'packet-rules.txt'));
      case 'legacy-packet-rules':
        return ran(stateFile(state, 'legacy-packet-rules.txt'));
      case 'nft-tables':
        return ran(tablesOf(state));
      case 'nft-table':
        return ran(stateFile(state, `nft-${String(args.family)}-${String(args.table)}.json`));
      case 'ip-sets':
        return ran(stateFile(state, 'ip-sets.txt'));
      case 'device-names':
        return ran(`${devices.join('\n')}\n`);
      case 'route-to-address':
        return ran(
          String(args.address).startsWith('10.96.')
            ? (routes[local ? 'local' : 'elsewhere'] ?? '')
            : (routes.pod ?? ''),
        );
      default:
        throw new Error(`the test expects no ${query} on a node`);
    }
  };
