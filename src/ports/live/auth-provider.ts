import { ApiUnavailable } from './api-unavailable.js';
import type { Target } from './kubeconfig.js';
import type { KubeconfigUser } from './kubeconfig-schema.js';

// A token of OpenID Connect ends within minutes, and client-node renews it when asked.
const life = 30_000;

/**
 * The older way of logging in (`auth-provider`, for example oidc). Loaded only here, because
 * client-node takes a fifth of a second to import. Throws `ApiUnavailable`.
 */
export const providerHeaders = async (
  provider: NonNullable<KubeconfigUser['auth-provider']>,
  target: Target,
  now: () => number,
): Promise<{ authorization: string; until: number }> => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const name = 'target';
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name, server: target.server.href, skipTLSVerify: false }],
    users: [{ name, authProvider: { name: provider.name, config: { ...provider.config } } }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  const options: { headers?: Record<string, string> } = {};
  await config.applyToHTTPSOptions(options).catch((error: Error) => {
    throw new ApiUnavailable('unauthenticated', `Logging in with ${provider.name} failed: ${error.message}`);
  });
  const authorization = options.headers?.Authorization;
  if (typeof authorization === 'string') return { authorization, until: now() + life };
  throw new ApiUnavailable(
    'unauthenticated',
    `Logging in with ${provider.name} gave no token; log in again with its own program.`,
  );
};
