import type { Test } from './rule-set.js';

export interface Option {
  readonly name: string;
  readonly values: readonly string[];
  readonly not: boolean;
}

const list = ([first = '']: readonly string[]) => first.split(',');

const ranges = (values: readonly string[]) =>
  list(values).map((range): [number, number] => {
    const [from = '', to = from] = range.split(':');
    return [Number(from), Number(to)];
  });

const mark = ({ values: [text = ''], not }: Option): Test => {
  const [value = '', mask = '0xffffffff'] = text.split('/');
  return { on: 'mark', value: Number(value) >>> 0, mask: Number(mask) >>> 0, not };
};

const addresses =
  (on: 'source' | 'destination') =>
  ({ values, not }: Option): Test => ({ on, among: list(values), not });
const ports =
  (on: 'port' | 'source-port') =>
  ({ values, not }: Option): Test => ({ on, among: ranges(values), not });
const words =
  (on: 'protocol' | 'in' | 'out' | 'state' | 'source-kind' | 'destination-kind') =>
  ({ values, not }: Option): Test => ({ on, among: list(values), not });

const known: Readonly<Record<string, (option: Option) => Test>> = {
  '-s': addresses('source'),
  '-d': addresses('destination'),
  '-p': words('protocol'),
  '-i': words('in'),
  '-o': words('out'),
  '--dport': ports('port'),
  '--dports': ports('port'),
  '--sport': ports('source-port'),
  '--sports': ports('source-port'),
  '--ctstate': words('state'),
  '--state': words('state'),
  '--src-type': words('source-kind'),
  '--dst-type': words('destination-kind'),
  '--mark': mark,
  '--probability': ({ values }) => ({ on: 'chance', share: Number(values[0]) }),
  '--every': ({ values }) => ({ on: 'chance', share: 1 / Number(values[0]) }),
  '--match-set': ({ values: [name = '', ends = ''], not }) => ({ on: 'set', name, ends: ends.split(','), not }),
  '--seconds': ({ values }) => ({ on: 'affinity', seconds: Number(values[0]) }),
};

// They qualify another option, count, or always hold: `recent --set` remembers the client and matches everybody.
const silent = new Set([
  ...['-m', '--comment', '--mode', '--packet', '--name', '--rcheck', '--update', '--set', '--reap', '--rttl', '--mask'],
  ...['--rsource', '--rdest', '--nfacct-name', '--hitcount', '-f'],
]);

const isSound = (test: Test) => {
  if (test.on === 'port' || test.on === 'source-port') return test.among.flat().every(Number.isFinite);
  if (test.on === 'mark') return Number.isFinite(test.value) && Number.isFinite(test.mask);
  if (test.on === 'chance') return test.share >= 0 && test.share <= 1;
  return test.on !== 'affinity' || Number.isFinite(test.seconds);
};

const unknown = ({ name, values, not }: Option): Test => ({
  on: 'unknown',
  text: [not ? '!' : '', name, ...values].filter(Boolean).join(' '),
});

/** What one option asks; nothing where it asks nothing of the packet. */
export const testOf = (option: Option): Test[] => {
  if (silent.has(option.name) && !option.not) return [];
  const test = Object.hasOwn(known, option.name) ? known[option.name]?.(option) : undefined;
  return [test && isSound(test) ? test : unknown(option)];
};
