import { z } from 'zod';
import { jsonOrNothing } from './json-or-nothing.js';

export const ciliumStatusSchema = z.strictObject({
  understood: z.boolean(),
  /** `Ok`, `Warning`, `Failure`, `Disabled`, of the agent and of its way to the API server. */
  state: z.string(),
  message: z.string(),
  kubernetes: z.string(),
  /** Cilium does the work of kube-proxy. */
  replaces: z.boolean(),
  /** Devices by whose addresses NodePorts are served. */
  devices: z.array(z.strictObject({ name: z.string(), addresses: z.array(z.string()) })),
  /** `generic-veth`, `aws-cni` …; empty where Cilium makes the network itself. */
  chaining: z.string(),
  encryption: z.string(),
  hubble: z.string(),
  strange: z.array(z.string()),
});
export type CiliumStatus = z.infer<typeof ciliumStatusSchema>;

const stateSchema = z.looseObject({ state: z.string().default(''), msg: z.string().default('') });
const modeSchema = z.looseObject({ mode: z.string().default('') });
// The names are those of StatusResponse in api/v1/openapi.yaml of Cilium.
const responseSchema = z.looseObject({
  cilium: stateSchema,
  kubernetes: stateSchema.optional(),
  hubble: stateSchema.optional(),
  encryption: modeSchema.optional(),
  'cni-chaining': modeSchema.optional(),
  'kube-proxy-replacement': z
    .looseObject({
      mode: z.string().default(''),
      deviceList: z.array(z.looseObject({ name: z.string().default(''), ip: z.array(z.string()).nullish() })).nullish(),
    })
    .optional(),
});

const nothing: CiliumStatus = {
  ...{ understood: false, state: '', message: '', kubernetes: '', replaces: false, devices: [] },
  ...{ chaining: '', encryption: '', hubble: '', strange: [] },
};

const unless = (off: RegExp, mode: { mode: string } | undefined) =>
  mode === undefined || off.test(mode.mode) ? '' : mode.mode;

const devicesOf = (replacement: z.infer<typeof responseSchema>['kube-proxy-replacement']) =>
  (replacement?.deviceList ?? []).map(({ name, ip }) => ({ name, addresses: ip ?? [] }));

/** `cilium-dbg status -o json` */
export const parseCiliumStatus = (stdout: string, stderr: string): CiliumStatus => {
  const read = responseSchema.safeParse(jsonOrNothing(stdout));
  if (!read.success) return { ...nothing, strange: [`${stderr.trim()} ${stdout.trim()}`.trim().slice(0, 200)] };
  const { cilium, kubernetes, hubble, encryption } = read.data;
  const replacement = read.data['kube-proxy-replacement'];
  return {
    ...nothing,
    understood: true,
    state: cilium.state,
    message: cilium.msg.slice(0, 200),
    kubernetes: kubernetes?.state ?? '',
    // "True", and "Strict" or "Partial" before 1.14.
    replaces: /^(true|strict|partial)$/i.test(replacement?.mode ?? ''),
    devices: devicesOf(replacement),
    chaining: unless(/^none$/i, read.data['cni-chaining']),
    encryption: unless(/^disabled$/i, encryption),
    hubble: hubble?.state ?? '',
  };
};
