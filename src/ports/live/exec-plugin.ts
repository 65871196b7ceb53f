import { spawn } from 'node:child_process';
import { z } from 'zod';
import { ApiUnavailable } from './api-unavailable.js';
import type { Target } from './kubeconfig.js';
import type { ExecConfig } from './kubeconfig-schema.js';

export interface PluginSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A person sits in front of a terminal that the plugin may use. */
  readonly interactive: boolean;
  /** Milliseconds a plugin that asks nobody may take. */
  readonly patience: number;
  readonly cleanText: (text: string) => string;
}

const credentialSchema = z.looseObject({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.looseObject({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});
export type PluginCredential = z.infer<typeof credentialSchema>['status'];

const enough = 1 << 20;

const clusterInfo = ({ server, settings, tls }: Target) => ({
  server: server.href,
  'tls-server-name': settings['tls-server-name'],
  'insecure-skip-tls-verify': settings['insecure-skip-tls-verify'],
  'certificate-authority-data': tls.ca === undefined ? undefined : Buffer.from(tls.ca).toString('base64'),
  'proxy-url': settings['proxy-url'],
  config: settings.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension,
});

const environment = (plugin: ExecConfig, target: Target, around: PluginSurroundings) => {
  const spec = {
    interactive: mayAsk(plugin, around),
    ...(plugin.provideClusterInfo ? { cluster: clusterInfo(target) } : {}),
  };
  const info = JSON.stringify({ kind: 'ExecCredential', apiVersion: plugin.apiVersion, spec });
  const own = Object.fromEntries((plugin.env ?? []).map(({ name, value }) => [name, value]));
  return { ...around.env, ...own, KUBERNETES_EXEC_INFO: info };
};

const mayAsk = (plugin: ExecConfig, around: PluginSurroundings) =>
  around.interactive && plugin.interactiveMode !== 'Never';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly env: Record<string, string | undefined>;
  readonly asks: boolean;
  /** Milliseconds. Not counted while somebody is asked. */
  readonly patience: number;
}

const run = (plugin: ExecConfig, { env, asks, patience }: Running) =>
  new Promise<Ended>((resolve, reject) => {
    const child = spawn(plugin.command, plugin.args ?? [], {
      env,
      stdio: [asks ? 'inherit' : 'ignore', 'pipe', asks ? 'inherit' : 'pipe'],
      ...(asks ? {} : { timeout: patience, killSignal: 'SIGKILL' }),
    });
    const texts = { out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (texts.out.length < enough) texts.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (texts.err.length < enough) texts.err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
  });

const complaint = (target: Target, plugin: ExecConfig, what: string) => {
  const hint = plugin.installHint ? ` ${plugin.installHint.trim()}` : '';
  return new ApiUnavailable(
    'unauthenticated',
    `The credential plugin ${plugin.command} of user "${target.user}" ${what}.${hint}`,
  );
};

const parsed = (out: string, apiVersion: string | undefined) => {
  try {
    const credential = credentialSchema.parse(JSON.parse(out));
    return apiVersion === undefined || credential.apiVersion === apiVersion ? credential.status : undefined;
  } catch {
    return undefined;
  }
};

const started = async (plugin: ExecConfig, target: Target, around: PluginSurroundings) => {
  const env = environment(plugin, target, around);
  return run(plugin, { env, asks: mayAsk(plugin, around), patience: around.patience }).catch(
    (error: NodeJS.ErrnoException) => {
      throw complaint(target, plugin, error.code === 'ENOENT' ? 'is not installed' : `did not start (${error.code})`);
    },
  );
};

/** Runs the credential plugin of a user once. Throws `ApiUnavailable` with the plugin's own words and its hint. */
export const runPlugin = async (
  plugin: ExecConfig,
  target: Target,
  around: PluginSurroundings,
): Promise<PluginCredential> => {
  if (plugin.interactiveMode === 'Always' && !around.interactive)
    throw complaint(target, plugin, 'wants to ask a person, and there is no terminal');
  const { code, out, err } = await started(plugin, target, around);
  const words = around.cleanText(err).trim().slice(0, 600).replaceAll('\n', ' ');
  if (code !== 0)
    throw complaint(
      target,
      plugin,
      `${code === null ? 'gave no answer in time' : `ended with exit code ${code}`}${words ? `: ${words}` : ''}`,
    );
  const status = parsed(out, plugin.apiVersion);
  if (!status)
    throw complaint(target, plugin, `did not print an ExecCredential of ${plugin.apiVersion ?? 'any version'}`);
  return status;
};
