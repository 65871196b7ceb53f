import { type Headers, impersonation } from './impersonation.js';
import { inClusterKubeconfig } from './in-cluster.js';
import { KubeconfigProblem } from './kubeconfig-problem.js';
import type { KubeconfigCluster } from './kubeconfig-schema.js';
import { type Login, loginOf } from './login.js';
import { type KubeconfigFlags, pick } from './pick-context.js';
import { proxyFor } from './proxy.js';
import { type FoundKubeconfig, readKubeconfig, type Surroundings } from './read-kubeconfig.js';
import { type Tls, tlsOf } from './tls.js';

/** One cluster as one user: everything it takes to send a request. */
export interface Target {
  /** `null` when flags alone name the cluster. */
  readonly context: string | null;
  readonly cluster: string;
  readonly user: string | null;
  readonly namespace: string;
  readonly server: URL;
  readonly proxy: URL | undefined;
  readonly tls: Tls;
  readonly login: Login;
  readonly impersonate: Headers;
  readonly settings: KubeconfigCluster;
}

const serverOf = (text: string | undefined, cluster: string) => {
  const url = URL.parse(text ?? '');
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new KubeconfigProblem(
    'bad-server',
    text
      ? `The server of cluster "${cluster}" is not an http:// or https:// address: ${text}`
      : `The cluster "${cluster}" has no server address.`,
  );
};

const isEmpty = ({ clusters, contexts }: FoundKubeconfig) => clusters.size === 0 && contexts.size === 0;

const find = async (flags: KubeconfigFlags, around: Surroundings) => {
  const found = await readKubeconfig(flags.kubeconfig, around);
  if (!isEmpty(found)) return found;
  const inside = flags.kubeconfig === undefined ? await inClusterKubeconfig(around) : undefined;
  if (inside) return inside;
  throw new KubeconfigProblem(
    'no-cluster',
    `No cluster is configured: nothing was found in ${found.files.join(', ')}. Name a file with --kubeconfig or KUBECONFIG.`,
  );
};

/** Names of the contexts, and the current one, for completion and for asking. Throws `KubeconfigProblem`. */
export const listContexts = async (flags: KubeconfigFlags, around: Surroundings) => {
  const { contexts, current } = await find(flags, around);
  return { names: [...contexts.keys()], current: current ?? null };
};

/** Finds the kubeconfig as kubectl would, and picks what the flags name. Sends nothing. Throws `KubeconfigProblem`. */
export const loadTarget = async (flags: KubeconfigFlags, around: Surroundings): Promise<Target> => {
  const picked = pick(await find(flags, around), flags);
  const server = serverOf(picked.cluster.server, picked.clusterName);
  return {
    context: picked.context,
    cluster: picked.clusterName,
    user: picked.userName,
    namespace: picked.namespace,
    server,
    proxy: proxyFor(server, picked.cluster['proxy-url'], around.env),
    tls: await tlsOf(picked),
    login: loginOf(picked.user),
    impersonate: impersonation(picked.user, flags),
    settings: picked.cluster,
  };
};
