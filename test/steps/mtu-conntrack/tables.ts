import { parseConnect } from '../../../src/parse/connect.js';
import { type Counters, parseCounters } from '../../../src/parse/kernel/counters.js';
import { recorded } from '../../parse/recorded.js';

/** What a real kernel counted. */
export const counters = (name: string): Counters => {
  const said = parseCounters(recorded('kernel-counters', name));
  if (!said) throw new Error(`nothing to read in ${name}`);
  return said;
};

export const quiet = counters('before');

/** A Node before and after the connects of a window; `rise` is what it counted meanwhile. */
export const place = (
  node: string,
  rise: Partial<Counters> = {},
  role: 'source' | 'destination' | 'peer' = 'source',
) => ({
  node,
  role,
  before: quiet,
  after: { ...quiet, ...rise },
});

const series = (name: 'timeout' | 'open' | 'refused') => parseConnect(recorded('nc-busybox', `connect-${name}`), 'nc');

/** The window in which every connect timed out, or all of them opened. */
export const window = (seen: readonly object[], more: object = {}) => ({
  address: '10.96.1.2:80',
  connects: series('timeout'),
  seen,
  unseen: [],
  ...more,
});
export const answered = { connects: series('open') };
export const unseenSource = { unseen: [{ node: 'node-z', role: 'source', why: 'Permission denied' }] };
