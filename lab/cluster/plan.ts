import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Make, profileNamed } from './profiles.ts';

export interface Lab extends Make {
  /** First part of every namespace's name: two labs with different prefixes live side by side. */
  prefix: string;
  dir: string;
}

export interface NodePlan {
  name: string;
  address: string;
  mac: string;
}

/** Less than three only where each of them is slow: below a kernel that runs as a program. */
const NAMES = ['node-a', 'node-b', 'node-c'].slice(0, Number(process.env.LAB_NODES ?? 3));

export const NODES: readonly NodePlan[] = NAMES.map((name, at) => ({
  name,
  address: `10.0.0.${11 + at}`,
  mac: `52:54:00:00:00:${11 + at}`,
}));

export const NETWORK = {
  router: '10.0.0.1',
  apiServer: '10.0.0.5',
  bastion: '10.0.0.10',
  resolver: '10.0.0.53',
  outsideGateway: '198.51.100.1',
  outside: '198.51.100.7',
  pods: '10.244.0.0/16',
  services: '10.96.0.0/16',
  kubernetesVip: '10.96.0.1',
  dnsVip: '10.96.0.10',
} as const;

/** Of the tokens of service accounts. */
export const ISSUER = 'https://kubernetes.default.svc';
export const API = `https://${NETWORK.apiServer}:6443`;

const ROOT = resolve(import.meta.dirname, '../..');

export function labFromEnvironment(env: NodeJS.ProcessEnv = process.env): Lab {
  return planLab({
    prefix: env.LAB_PREFIX ?? 'nl',
    dir: env.LAB_DIR ?? '.lab',
    profile: env.LAB_PROFILE ?? 'plain',
  });
}

/** `dir` is taken from the root of the project. */
export function planLab({ prefix, dir, profile }: { prefix: string; dir: string; profile: string }): Lab {
  if (!/^[a-z][a-z0-9]{0,7}$/.test(prefix))
    throw new Error(`LAB_PREFIX is up to 8 small letters and digits, not ${prefix}`);
  return { ...profileNamed(profile), prefix, dir: resolve(ROOT, dir) };
}

export const pki = (lab: Lab, file: string) => `${lab.dir}/pki/${file}`;
export const kubeconfig = (lab: Lab, who: string) => `${lab.dir}/${who}.kubeconfig`;
export const log = (lab: Lab, program: string) => `${lab.dir}/logs/${program}.log`;
export const netns = (lab: Lab, name: string) => `${lab.prefix}-${name}`;
/** Where containers of the hosttools image find the lab's own programs. */
export const bin = (lab: Lab, program: string) => `${lab.dir}/bin/${program}`;
export const within = (lab: Lab, name: string) => ['ip', 'netns', 'exec', netns(lab, name)];

export function makeFolders(lab: Lab): void {
  for (const folder of ['pki', 'logs', 'images', 'www', 'conf', 'bin', 'ssh'])
    mkdirSync(`${lab.dir}/${folder}`, { recursive: true });
}
