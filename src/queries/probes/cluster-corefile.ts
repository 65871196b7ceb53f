import { dnsNamespace, dnsPods } from '../../domain/cluster-dns.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { KubeObject } from '../../domain/kinds.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { unique } from '../../parse/addresses.js';
import { type Corefile, parseCorefile } from '../../parse/dns/corefile.js';

type Kube = ObjectReader<'pods' | 'configmaps'>;

// As kubeadm and most others name it; AKS and DigitalOcean leave the second to the owner of the cluster.
const usual = ['coredns', 'coredns-custom'];

/** The ConfigMaps that the DNS Pods mount, which are called otherwise by every installer. */
const mounted = (pods: readonly KubeObject<'pods'>[]) =>
  unique(pods.flatMap(({ spec }) => (spec?.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? [])));

/** It says all itself: nothing is read from elsewhere. */
const isWhole = (corefile: string | undefined) => corefile !== undefined && !/^\s*import\s/m.test(corefile);

type ConfigMap = KubeObject<'configmaps'>;

interface Read {
  readonly maps: readonly ConfigMap[];
  /** Some may not be read. */
  readonly hidden: boolean;
}

const mapsNamed = async (kube: Kube, [first = '', ...others]: readonly string[]): Promise<Read> => {
  const read = (name: string) => kube.get('configmaps', { namespace: dnsNamespace, name });
  const found = await read(first);
  const wanted = isWhole(found?.data?.Corefile) ? [] : others;
  // One that is not there holds nothing; one that may not be read may hold anything.
  const more = await Promise.all(wanted.map((name) => ifReadable(read(name).then((map) => map ?? null))));
  return { maps: [found, ...more].flatMap((map) => map ?? []), hidden: more.includes(undefined) };
};

/** The Corefile of the cluster DNS, with what it imports of other ConfigMaps; `undefined` where none is found. */
export const clusterCorefile = async (kube: Kube): Promise<{ map: string; corefile: Corefile } | undefined> => {
  const names = mounted(await dnsPods(kube));
  const { maps, hidden } = await mapsNamed(kube, names.length > 0 ? names : usual);
  const main = maps.find(({ data }) => data?.Corefile !== undefined);
  if (!main) return undefined;
  const files = Object.assign({}, ...maps.filter((map) => map !== main).map(({ data }) => data ?? {}));
  const corefile = parseCorefile(main.data?.Corefile ?? '', hidden ? undefined : files);
  return { map: main.metadata?.name ?? '', corefile };
};
