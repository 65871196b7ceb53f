import { z } from 'zod';
import { rowsInJson, rowsOf } from '../links/rows.js';

const placeSchema = z.strictObject({ address: z.string(), port: z.int() });

export const ciliumServiceSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  /** In capitals; empty where this version does not tell protocols apart. */
  protocol: z.string(),
  /** `ClusterIP`, `NodePort`, `ExternalIPs`, `LoadBalancer`, `HostPort` … */
  type: z.string(),
  name: z.string(),
  namespace: z.string(),
  backends: z.array(placeSchema),
});
export type CiliumService = z.infer<typeof ciliumServiceSchema>;
export const ciliumServicesSchema = rowsOf(ciliumServiceSchema);

const endSchema = z.looseObject({
  ip: z.string().default(''),
  port: z.int().default(0),
  protocol: z.string().default(''),
  state: z.string().default(''),
});
// The names are those of Service in api/v1/openapi.yaml of Cilium; `realized` is what the kernel was told.
const bodySchema = z.looseObject({
  'frontend-address': endSchema,
  'backend-addresses': z.array(endSchema).nullish(),
  flags: z
    .looseObject({
      type: z.string().default(''),
      name: z.string().default(''),
      namespace: z.string().default(''),
    })
    .optional(),
});
const serviceSchema = z.looseObject({
  spec: bodySchema,
  status: z.looseObject({ realized: bodySchema.optional() }).optional(),
});

/** `cilium-dbg service list -o json` */
export const parseCiliumServices = (stdout: string) =>
  rowsInJson(stdout, {
    json: serviceSchema,
    from: ({ spec, status }): CiliumService => {
      const { 'frontend-address': front, 'backend-addresses': backends, flags } = status?.realized ?? spec;
      return {
        address: front.ip,
        port: front.port,
        protocol: front.protocol.toUpperCase(),
        type: flags?.type ?? '',
        name: flags?.name ?? '',
        namespace: flags?.namespace ?? '',
        backends: (backends ?? []).map(({ ip, port }) => ({ address: ip, port })),
      };
    },
  });
