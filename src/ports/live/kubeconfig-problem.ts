export const kubeconfigProblemCodes = [
  'not-found',
  'unreadable',
  'broken',
  'unknown-context',
  'unknown-cluster',
  'unknown-user',
  'no-context',
  'no-cluster',
  'bad-server',
  'bad-proxy',
  'bad-certificate',
] as const;
export type KubeconfigProblemCode = (typeof kubeconfigProblemCodes)[number];

/** What is wrong with the kubeconfig, before anything was sent. The message is one sentence for the operator. */
export class KubeconfigProblem extends Error {
  override readonly name = 'KubeconfigProblem';
  constructor(
    readonly code: KubeconfigProblemCode,
    message: string,
  ) {
    super(message);
  }
}
