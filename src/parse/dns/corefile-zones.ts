import type { Corefile } from './corefile.js';

/** `dns://.:53` and `Example.org.` as CoreDNS compares them: the zone alone, small letters, without the final dot. */
export const zoneOf = (address: string): string =>
  address
    .replace(/^[a-z0-9]+:\/\//i, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();

/** A value that only the environment of the container knows: `{$DOMAIN}`. */
export const isOpaque = (text: string): boolean => /\{[$%][^}]*\}/.test(text);

const isWithin = (name: string, zone: string) => zone === '' || name === zone || name.endsWith(`.${zone}`);

/** The longest of the zones that a name lies in; `undefined` where it lies in none. */
export const closestZone = (name: string, zones: readonly string[]): string | undefined =>
  zones
    .map(zoneOf)
    .filter((zone) => isWithin(name, zone))
    .toSorted((a, b) => b.length - a.length)[0];

export interface ForwardTarget {
  readonly zone: string;
  /** An address, or the file that lists addresses. */
  readonly to: string;
  readonly port: number;
  readonly line: number;
}

const placeOf = (target: string) => {
  const bare = target.replace(/^(?:dns|tls|quic|https|grpc):\/\//, '').replace(/%.*$/, '');
  const [, bracketed, plain = '', port] =
    /^(?:\[([^\]]*)\]|([^:]*|[0-9a-f:]*:[0-9a-f:]*))(?::(\d+))?$/i.exec(bare) ?? [];
  return { to: bracketed ?? (plain || bare), port: port ? Number(port) : target.startsWith('tls://') ? 853 : 53 };
};

/** Where names are asked for that the cluster does not answer itself. */
export const forwardsOf = ({ blocks }: Corefile): ForwardTarget[] =>
  blocks.flatMap(({ plugins }) =>
    plugins
      .filter(({ name }) => name === 'forward')
      .flatMap(({ args: [zone = '', ...targets], line }) =>
        targets.map((target) => ({ zone: zoneOf(zone), ...placeOf(target), line })),
      ),
  );

/** The zones that the plugin for Services answers for; it takes those of its block where it names none. */
export const kubernetesZones = ({ blocks }: Corefile): string[] =>
  blocks.flatMap(({ zones, plugins }) =>
    plugins.filter(({ name }) => name === 'kubernetes').flatMap(({ args }) => (args.length > 0 ? args : zones)),
  );
