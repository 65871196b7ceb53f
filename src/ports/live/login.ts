import type { ExecConfig, KubeconfigUser } from './kubeconfig-schema.js';

/** How requests prove who sends them. A client certificate can come on top of each. */
export type Login =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'token-file'; readonly file: string; readonly fallback: string | undefined }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'plugin'; readonly plugin: ExecConfig }
  | { readonly kind: 'provider'; readonly provider: NonNullable<KubeconfigUser['auth-provider']> };

/** The same precedence as client-go: a token that stands in the file wins over a plugin. */
export const loginOf = (user: KubeconfigUser): Login => {
  if (user.tokenFile) return { kind: 'token-file', file: user.tokenFile, fallback: user.token };
  if (user.token) return { kind: 'token', token: user.token };
  if (user.username) return { kind: 'basic', username: user.username, password: user.password ?? '' };
  if (user.exec) return { kind: 'plugin', plugin: user.exec };
  if (user['auth-provider']) return { kind: 'provider', provider: user['auth-provider'] };
  return { kind: 'none' };
};
