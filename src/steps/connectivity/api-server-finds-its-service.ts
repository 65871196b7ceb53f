import { z } from 'zod';
import { type Caller, callerSchema, callersOf, callerWords } from '../../domain/api-server-callers.js';
import { capped } from '../../domain/capped.js';
import { carrying, usable } from '../../domain/endpoints.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { servicePorts } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';

const evidenceSchema = z.object({
  callers: z.array(callerSchema),
  exists: z.boolean(),
  /** It stands for a name, and the API server goes there. */
  external: z.boolean(),
  /** TCP ports of the Service, and how many usable endpoints each has. */
  ports: z.array(z.strictObject({ port: z.int(), endpoints: z.int() })),
});
type Evidence = z.infer<typeof evidenceSchema>;

const troubleOf = (caller: Caller, { exists, external, ports }: Evidence) => {
  if (!exists) return 'missing';
  if (external) return undefined;
  const port = ports.find((one) => one.port === caller.port);
  if (!port) return 'port-missing';
  return port.endpoints === 0 ? 'nobody-ready' : undefined;
};

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 0,
  reads: [
    'services',
    'endpointslices',
    'validatingwebhookconfigurations',
    'mutatingwebhookconfigurations',
    'apiservices',
  ],
  runs: [],
  from: ['control-plane'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    found: 'pass',
    missing: 'fail',
    'port-missing': 'fail',
    'nobody-ready': 'fail',
    // With failurePolicy Ignore the request goes on without an answer.
    'not-needed': 'warn',
    'nobody-calls': 'unsure',
  },

  async collect({ kube }, { to }): Promise<Evidence> {
    const [callers, { service, endpoints }] = await Promise.all([callersOf(kube, to), serviceAndEndpoints(kube, to)]);
    const ports = servicePorts(service).filter(({ protocol }) => protocol === 'TCP');
    return {
      ...{ callers, exists: service !== undefined, external: service?.spec?.type === 'ExternalName' },
      ports: ports.map((port) => ({ port: port.port, endpoints: usable(carrying(endpoints, [port])).length })),
    };
  },

  interpret(evidence) {
    const { callers, ports } = evidence;
    const troubled = callers.flatMap((caller) => {
      const trouble = troubleOf(caller, evidence);
      return trouble ? [{ caller, trouble }] : [];
    });
    const worst = troubled.find(({ caller }) => caller.strict) ?? troubled[0];
    const facts = {
      callers: capped(callerWords(troubled.length > 0 ? troubled.map(({ caller }) => caller) : callers)),
      'called-port': worst?.caller.port ?? callers[0]?.port ?? 0,
      offered: capped(ports.map(({ port }) => port)),
    };
    if (callers.length === 0) return { outcome: 'nobody-calls' };
    if (!worst) return { outcome: 'found', facts };
    return { outcome: worst.caller.strict ? worst.trouble : 'not-needed', facts };
  },
});
