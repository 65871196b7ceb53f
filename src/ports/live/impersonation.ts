import type { KubeconfigUser } from './kubeconfig-schema.js';
import type { KubeconfigFlags } from './pick-context.js';

export type Headers = Readonly<Record<string, string | string[]>>;

/** The headers of `--as` and `--as-group`, or of the kubeconfig where no flag is given. */
export const impersonation = (user: KubeconfigUser, flags: KubeconfigFlags): Headers => {
  const fromFlags = flags.as !== undefined || (flags.asGroups?.length ?? 0) > 0;
  return headersOf(fromFlags ? { as: flags.as, 'as-groups': flags.asGroups } : user);
};

type Impersonated = Pick<KubeconfigUser, 'as' | 'as-uid' | 'as-user-extra'> & {
  'as-groups'?: readonly string[] | undefined;
};

const headersOf = ({ as: name, 'as-groups': groups, 'as-uid': uid, ...user }: Impersonated): Headers => {
  const extra = Object.entries(user['as-user-extra'] ?? {});
  return {
    ...(name ? { 'Impersonate-User': name } : {}),
    ...(groups && groups.length > 0 ? { 'Impersonate-Group': [...groups] } : {}),
    ...(uid ? { 'Impersonate-Uid': uid } : {}),
    // The API server percent-decodes these keys, because a header name holds fewer characters.
    ...Object.fromEntries(extra.map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values])),
  };
};
