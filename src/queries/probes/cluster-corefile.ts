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

/** The Corefile of the cluster DNS, with what it imports of other ConfigMaps; `undefined` where none is found. */
export const clusterCorefile = async (kube: Kube): Promise<{ map: string; corefile: Corefile } | undefined> => {
  const names = mounted(await dnsPods(kube));
  const asked = names.length > 0 ? names : usual;
  const read = (name: string) => kube.get('configmaps', { namespace: dnsNamespace, name });
  const [first = '', ...others] = asked;
  // One that is not there holds nothing; one that may not be read may hold anything.
  const more = await Promise.all(others.map((name) => ifReadable(read(name).then((map) => map ?? null))));
  const maps = [await read(first), ...more].flatMap((map) => map ?? []);
  const main = maps.find(({ data }) => data?.Corefile !== undefined);
  if (!main) return undefined;
  const files = Object.assign({}, ...maps.filter((map) => map !== main).map(({ data }) => data ?? {}));
  return {
    map: main.metadata?.name ?? '',
    corefile: parseCorefile(main.data?.Corefile ?? '', more.includes(undefined) ? undefined : files),
  };
};
