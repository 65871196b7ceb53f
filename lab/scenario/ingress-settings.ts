import type { Change } from './change.ts';

const there = ['-n', 'ingress-nginx', 'patch', 'configmap', 'ingress-nginx-controller', '--type=merge', '-p'];

/** What the controller takes for all Ingresses; without values the ConfigMap is as it was shipped. */
export const ingressSettings = (values: Readonly<Record<string, string>> | null): Change => ({
  kubectl: [...there, JSON.stringify({ data: values })],
});
