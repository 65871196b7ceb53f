import { z } from 'zod';
import { containerPortSchema, containerPorts } from './container-port.js';
import type { Flow } from './flow.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';
import { isFinished } from './pod-state.js';
import { selects } from './selector.js';
import { serviceKind, serviceKindSchema } from './service-kind.js';
import { serviceAndPods } from './service-pods.js';
import { portsMeant, servicePortSchema, servicePorts } from './service-port.js';

/** The ports a flow can mean, beside what the selected Pods declare. */
export const declaredPortsSchema = z.strictObject({
  kind: serviceKindSchema,
  selecting: z.boolean(),
  ports: z.array(servicePortSchema),
  pods: z.array(z.strictObject({ name: z.string(), declared: z.array(containerPortSchema) })),
});
export type DeclaredPorts = z.infer<typeof declaredPortsSchema>;

export const declaredPorts = async (
  kube: ObjectReader<'services' | 'pods'>,
  flow: Flow<Flow['from']['kind'], 'service'>,
): Promise<DeclaredPorts> => {
  const { service, pods } = await serviceAndPods(kube, flow.to);
  return {
    kind: serviceKind(service),
    selecting: selects(service?.spec?.selector),
    ports: portsMeant(servicePorts(service), flow),
    pods: pods.filter((pod) => !isFinished(pod)).map((pod) => ({ name: nameOf(pod), declared: containerPorts(pod) })),
  };
};
