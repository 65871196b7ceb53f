import type { Kubectl } from '../cluster/kubectl.ts';
import { applyManifest } from '../cluster/manifest.ts';
import type { Addon } from './addon.ts';

/** Ready means that it has written its rules once, see `/healthz` in go/standins/policy. */
export const policy: Addon = {
  async install(lab, kubectl) {
    await applyManifest(lab, kubectl, 'policy.yaml');
    await policyAgentReady(kubectl);
  },
};

export async function policyAgentReady(kubectl: Kubectl): Promise<void> {
  await kubectl.must([...THERE, 'rollout', 'status', 'daemonset/kube-router', '--timeout=60s']);
}

const THERE = ['-n', 'kube-system'];
const FLAGS = ['--run-router=false', '--run-firewall=true', '--run-service-proxy=false'];

/**
 * Arguments of kubectl that give the agent further flags, as `--also-block-node` or `--lag=5s`; none puts it back.
 * Its pods start anew, so wait for the rollout.
 */
export function policyAgentWith(...more: readonly string[]): string[] {
  const change = [{ op: 'replace', path: '/spec/template/spec/containers/0/args', value: [...FLAGS, ...more] }];
  return [...THERE, 'patch', 'daemonset/kube-router', '--type=json', '-p', JSON.stringify(change)];
}
