import type { Run } from '../../../src/domain/query.js';
import { corpus } from '../../parse/corpus.js';
import { ran } from '../../support/fake-world.js';
import { healthyWay, type NodeName } from './three-nodes.js';

export type Ways = { readonly [N in NodeName]?: Record<string, Run> };
export type Settings = { readonly [N in NodeName]?: Record<string, string> };

const recordedLines = corpus('plain/healthy/node-b/sysctl.txt').split('\n');

/** `sysctl NAME…` as the recorded node answers, with some values changed. */
const sysctl = (names: readonly string[], changed: Record<string, string>) =>
  ran(
    names
      .flatMap((name) => {
        const line = recordedLines.find((one) => one.startsWith(`${name} = `));
        return changed[name] === undefined ? (line ?? []) : `${name} = ${changed[name]}`;
      })
      .join('\n'),
  );

/** What the kernels of three healthy nodes answer, but for the changes. */
export const kernels =
  (ways: Ways = {}, settings: Settings = {}) =>
  (query: string, args: Record<string, unknown>, node: NodeName): Run | undefined => {
    if (query === 'route-to') return ways[node]?.[String(args.address)] ?? healthyWay(String(args.address), node);
    return query === 'kernel-settings' ? sysctl(args.names as string[], settings[node] ?? {}) : undefined;
  };
