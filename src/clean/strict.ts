import { isIPv6 } from 'node:net';
import { aliasAddresses, aliasDashedAddress } from './alias-address.js';
import { aliasHexadecimal } from './alias-hexadecimal.js';
import type { KnownName } from './known-name.js';
import { fingerprint, type Salt } from './mask.js';
import type { Rule } from './rules.js';

export const EMAIL: Rule = {
  name: 'e-mail',
  kind: 'e-mail',
  pattern: /(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,63}(?![\w-])/g,
};

export const STRICT_RULES: readonly Rule[] = [
  {
    // "\t0x0010:  a98a 0000 0001 0800": addresses in hexadecimal, as tcpdump prints packets.
    name: 'packet bytes',
    kind: 'packet bytes',
    pattern: /(?<=^[ \t]{1,8}0x[0-9a-f]{4}:)(?:[ \t]{1,2}[0-9a-f]{2,4}){1,8}[^\n]*/gm,
  },
  EMAIL,
];

export interface Aliases {
  learn(names: readonly KnownName[]): void;
  apply(text: string): string;
  /** Hides people only. */
  people(text: string): string;
}

// The same in every cluster, so they identify nobody.
const EVERYWHERE = new Set(['', 'default', 'kube-system', 'kube-public', 'kube-node-lease']);

// Vocabulary of Kubernetes and of the network software that appears in labels, image names and API groups.
const PUBLIC_SUFFIX =
  /(?:^|\.)(?:k8s\.io|kubernetes\.io|cluster\.local|local|svc|arpa|cilium\.io|projectcalico\.org|istio\.io|flannel\.com|coreos\.com|containerd\.io|docker\.io|quay\.io|ghcr\.io|gcr\.io|github\.com|opencontainers\.org|openshift\.io|linkerd\.io|cert-manager\.io|oci\.image)$/;
// File names and units, as far as no country owns the ending.
const FILE_NAME =
  /\.(?:go|conf|conflist|ya?ml|json|sock|log|service|socket|slice|scope|mount|target|timer|txt|html?|crt|key|pem|js|ts|ko|tar|gz|cpp|hpp|java|lua|rules|lock|pid|toml|ini|cfg|env|v\d\w*)$/;

// What the controllers of Deployments make: the hash of the template and five letters, both of an alphabet without vowels
// (kubernetes, apimachinery/pkg/util/rand). Such a name is one also where nobody says so.
const POD_NAME = /^[a-z0-9][a-z0-9-]*-[b-df-hj-np-tv-xz0-9]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

// Runs of what a DNS name is made of. The underscore keeps Go and C identifiers whole, so that they are left alone.
const RUN = /[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/g;
// Stand-ins of addresses hold octets and groups that may be names elsewhere: a Namespace "cafe", a Pod "110".
const COLONS = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/;
const HARDWARE = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}$/;
const NUMBERS = /^\d+\.[\d.-]*$/;
const ADDRESS_OR_RUN = new RegExp(`${COLONS.source}|${RUN.source}`, 'g');
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[a-z][a-z0-9-]{1,62}$/;
// A kind as kubectl spells it, a field, a sysctl.
const NOT_A_HOST =
  /^(?:(?:deployments|statefulsets|daemonsets|replicasets|jobs|cronjobs|poddisruptionbudgets)\.(?:apps|batch|policy)$|(?:spec|status|metadata|data|involvedObject)\.|net\.(?:core|ipv4|ipv6|netfilter|bridge|unix)\.)/;

function isPrivateHost(text: string): boolean {
  return HOST.test(text) && ![PUBLIC_SUFFIX, FILE_NAME, NOT_A_HOST].some((pattern) => pattern.test(text));
}

/** Stable stand-ins for what the strict profile hides. They hold no dot, so they are not taken for a host again. */
export function createAliases(salt: Salt, tally: Map<string, number>): Aliases {
  const known = new Map<string, string>();
  const count = (rule: string): void => void tally.set(rule, (tally.get(rule) ?? 0) + 1);
  const alias = (kind: string, text: string): string => {
    count(kind);
    return `${kind}-${fingerprint(salt, text.toLowerCase(), 8)}`;
  };
  const part = (label: string): string | undefined => {
    const kind = known.get(label) ?? (POD_NAME.test(label) ? 'pod' : undefined);
    if (kind !== undefined) return alias(kind, label);
    const address = aliasDashedAddress(label, salt);
    if (address !== undefined) count('address');
    return address;
  };
  const run = (text: string): string => {
    if (NUMBERS.test(text)) return text;
    const whole = part(text);
    if (whole !== undefined) return whole;
    if (!text.includes('.')) return text;
    if (isPrivateHost(text)) return alias('host', text);
    return text.replace(/[^.]+/g, (label) => part(label) ?? label);
  };
  const named = (found: string): string => (isIPv6(found) || HARDWARE.test(found) ? found : found.replace(RUN, run));
  return {
    learn: (names) => {
      for (const { kind, name } of names) if (!EVERYWHERE.has(name)) known.set(name, kind);
    },
    apply: (text) => aliasHexadecimal(aliasAddresses(text, salt, count), salt, count).replace(ADDRESS_OR_RUN, named),
    people: (text) =>
      text.replace(RUN, (found) =>
        found.replace(/[^.]+/g, (label) => (known.get(label) === 'user' ? alias('user', label) : label)),
      ),
  };
}
