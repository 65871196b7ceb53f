import { isIPv6 } from 'node:net';
import { nearNames } from '../../domain/near-names.js';
import { isLoopback } from '../../domain/node-address.js';
import type { Corefile, CorefilePlugin, ServerBlock } from './corefile.js';
import { corefilePlugins, removedFromCorefiles } from './corefile-plugins.js';
import { forwardsOf, isOpaque, kubernetesZones, zoneOf } from './corefile-zones.js';

export const corefileFaults = [
  'syntax-error',
  'defined-twice',
  'misspelt-plugin',
  'removed-option',
  'no-kubernetes',
  'forwards-to-itself',
  'swallows-names',
  'unknown-plugin',
  'no-upstream',
  'no-cache',
] as const;
type Kind = (typeof corefileFaults)[number];

export interface CorefileFault {
  readonly kind: Kind;
  readonly line: number;
  /** The words it is about, as they stand there or as CoreDNS would say it. */
  readonly words: string;
}

const plugins = ({ blocks }: Corefile): CorefilePlugin[] => blocks.flatMap((block) => block.plugins);
const isKnown = ({ name }: CorefilePlugin) => corefilePlugins.includes(name);

const removed = (corefile: Corefile): CorefileFault[] =>
  plugins(corefile).flatMap((plugin) =>
    removedFromCorefiles
      .filter(({ plugin: name }) => name === plugin.name)
      .flatMap(({ setting, since }): CorefileFault[] => {
        const found = setting === '' ? plugin : plugin.settings.find(({ name }) => name === setting);
        const words = `${plugin.name} ${setting}`.trim();
        return found ? [{ kind: 'removed-option', line: found.line, words: `${words} (${since})` }] : [];
      }),
  );

const isRemoved = ({ name }: CorefilePlugin) => removedFromCorefiles.some((one) => one.plugin === name);

const unknown = (corefile: Corefile): CorefileFault[] =>
  plugins(corefile)
    .filter((plugin) => !isKnown(plugin) && !isRemoved(plugin) && !isOpaque(plugin.name))
    .map(({ name, line }) => {
      const [meant] = nearNames(name, corefilePlugins, 1);
      return { kind: meant ? 'misspelt-plugin' : 'unknown-plugin', line, words: meant ? `${name} (${meant})` : name };
    });

/** Zone and port; a block that `view` narrows or that listens on addresses of its own may stand beside another. */
const keysOf = ({ zones, plugins: own }: ServerBlock): string[] =>
  own.some(({ name }) => name === 'view' || name === 'bind')
    ? []
    : zones.map(
        (zone) =>
          `${/^[a-z0-9]+:\/\//i.exec(zone)?.[0] ?? 'dns://'}${zoneOf(zone)}.:${/:(\d+)$/.exec(zone)?.[1] ?? 53}`,
      );

const twice = ({ blocks }: Corefile): CorefileFault[] => {
  const seen = new Set<string>();
  return blocks.flatMap((block) =>
    keysOf(block).flatMap((key): CorefileFault[] => {
      if (seen.size !== seen.add(key).size) return [];
      return [{ kind: 'defined-twice', line: block.line, words: key }];
    }),
  );
};

const isItself = (address: string) => isLoopback(address) || address === 'localhost';

const portsOf = ({ blocks }: Corefile) =>
  blocks.flatMap(({ zones }) => zones.map((zone) => Number(/:(\d+)$/.exec(zone)?.[1] ?? 53)));

const loops = (corefile: Corefile, own: readonly string[]): CorefileFault[] =>
  forwardsOf(corefile)
    .filter(({ to, port }) => portsOf(corefile).includes(port) && (isItself(to) || own.includes(to)))
    .map(({ to, line }) => ({ kind: 'forwards-to-itself', line, words: isIPv6(to) ? `[${to}]` : to }));

// hosts FILE ZONES…; template CLASS TYPE ZONES…: without zones they answer for those of their block.
const zonesAt: Readonly<Record<string, number>> = { hosts: 1, template: 2 };

const isGreedy = ({ name, args, settings }: CorefilePlugin) =>
  name in zonesAt &&
  args.length <= (zonesAt[name] ?? 0) &&
  !settings.some((one) => one.name === 'fallthrough' || one.name === 'match') &&
  !(name === 'template' && args[1] !== undefined && args[1].toUpperCase() !== 'ANY');

const greedy = ({ blocks }: Corefile): CorefileFault[] =>
  blocks
    // In a block for one domain that may be what was meant.
    .filter(
      ({ zones, plugins: own }) =>
        zones.some((zone) => zoneOf(zone) === '') || own.some(({ name }) => name === 'kubernetes'),
    )
    .flatMap(({ plugins: own }) => own.filter(isGreedy))
    .map(({ name, line }) => ({ kind: 'swallows-names', line, words: name }));

const answering = ['forward', 'file', 'auto', 'secondary', 'etcd', 'grpc', 'hosts', 'template', 'route53', 'proxy'];

const missing = (corefile: Corefile): CorefileFault[] => {
  // What it imports unseen may hold what is missed here.
  if (corefile.unseen.length > 0) return [];
  const roots = corefile.blocks.filter(({ zones }) => zones.some((zone) => zoneOf(zone) === ''));
  const has = (names: readonly string[]) =>
    roots.some((block) => block.plugins.some(({ name }) => names.includes(name)));
  const line = roots[0]?.line ?? 1;
  const faults: (readonly [boolean, Kind])[] = [
    [kubernetesZones(corefile).length === 0, 'no-kubernetes'],
    [roots.length > 0 && !has(answering), 'no-upstream'],
    [roots.length > 0 && !has(['cache']), 'no-cache'],
  ];
  return faults.flatMap(([is, kind]) => (is ? [{ kind, line, words: '' }] : []));
};

const syntax = ({ problem }: Corefile): CorefileFault[] =>
  problem
    ? [{ kind: 'syntax-error', line: problem.line, words: `${problem.file}:${problem.line} - ${problem.said}` }]
    : [];

/** What is wrong with a Corefile, the worst first. `own` are the addresses that CoreDNS itself answers at. */
export const faultsOf = (corefile: Corefile, own: readonly string[]): CorefileFault[] => {
  // Behind a mistake of the grammar nothing is read, so nothing is missed.
  const whole = corefile.problem ? [] : [...twice(corefile), ...missing(corefile)];
  const all = [
    ...syntax(corefile),
    ...whole,
    ...unknown(corefile),
    ...removed(corefile),
    ...loops(corefile, own),
    ...greedy(corefile),
  ];
  return all.toSorted((a, b) => corefileFaults.indexOf(a.kind) - corefileFaults.indexOf(b.kind));
};

/** Plugins that every Corefile of a cluster should have, and this one has nowhere. */
export const plainMissing = (corefile: Corefile): string[] => {
  const names = new Set(plugins(corefile).map(({ name }) => name));
  return ['errors', 'loop', 'ready', 'reload'].filter((name) => !names.has(name));
};
