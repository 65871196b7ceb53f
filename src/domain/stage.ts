import { z } from 'zod';

/** The backbone, in the order an operator walks it. */
export const backbone = [
  'pod',
  'connectivity',
  'policy',
  'service',
  'kube-proxy',
  'dns',
  'cni',
  'mtu-conntrack',
] as const;

export const stageSchema = z.enum([...backbone, 'ingress', 'exposure', 'egress', 'intermittent']);
export type Stage = z.infer<typeof stageSchema>;
