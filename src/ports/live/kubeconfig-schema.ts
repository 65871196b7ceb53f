import { z } from 'zod';

const text = z.string().optional();
const flag = z.boolean().optional();

const clusterSchema = z.looseObject({
  server: text,
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': text,
  'proxy-url': text,
  extensions: z.array(z.looseObject({ name: z.string(), extension: z.json().optional() })).optional(),
});
export type KubeconfigCluster = z.infer<typeof clusterSchema>;

export const execSchema = z.looseObject({
  apiVersion: text,
  command: z.string().min(1),
  args: z.array(z.string()).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).optional(),
});
export type ExecConfig = z.infer<typeof execSchema>;

const userSchema = z.looseObject({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).optional(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).optional(),
  exec: execSchema.optional(),
  'auth-provider': z.looseObject({ name: z.string(), config: z.record(z.string(), z.string()).optional() }).optional(),
});
export type KubeconfigUser = z.infer<typeof userSchema>;

const contextSchema = z.looseObject({ cluster: text, user: text, namespace: text });
export type KubeconfigContext = z.infer<typeof contextSchema>;

/** The parts of a kubeconfig that are used; everything else is let through unread, as kubectl does. */
export const kubeconfigSchema = z.looseObject({
  'current-context': text,
  clusters: z.array(z.looseObject({ name: z.string(), cluster: clusterSchema.prefault({}) })).default([]),
  contexts: z.array(z.looseObject({ name: z.string(), context: contextSchema.prefault({}) })).default([]),
  users: z.array(z.looseObject({ name: z.string(), user: userSchema.prefault({}) })).default([]),
});
