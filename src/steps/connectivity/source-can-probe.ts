import { z } from 'zod';
import { podAccess } from '../../domain/pod-access.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { httpGet } from '../../queries/http-get.js';
import { libcLookup } from '../../queries/libc-lookup.js';
import { ping } from '../../queries/ping.js';
import { toolsOf } from '../../queries/registry.js';
import { resolveName } from '../../queries/resolve-name.js';
import { tcpConnect } from '../../queries/tcp-connect.js';
import { toolsPresent } from '../../queries/tools-present.js';

const connecting = toolsOf(tcpConnect);
const resolving = [...toolsOf(resolveName), ...toolsOf(libcLookup)];
const wanted = [...new Set([...connecting, ...toolsOf(httpGet), ...resolving, ...toolsOf(ping)])];

export default defineStep({
  stage: 'connectivity',
  hop: 'source',
  level: 'probe',
  cost: 1,
  reads: [],
  runs: [toolsPresent],
  from: ['pod'],
  to: anyEnd,
  evidence: z.object({ present: z.array(z.string()), by: z.enum(podAccess).default('exec') }),
  outcomes: { can: 'pass', 'connect-only': 'unsure', 'resolve-only': 'unsure', nothing: 'unsure' },

  collect({ pod }, { from }) {
    return pod({ namespace: from.namespace, name: from.name }).run(toolsPresent, { tools: wanted });
  },

  interpret({ present, by }) {
    const connects = present.some((tool) => connecting.includes(tool));
    const resolves = present.some((tool) => resolving.includes(tool));
    const missing = wanted.filter((tool) => !present.includes(tool));
    const facts = { tools: present, missing, by };
    if (connects && resolves) return { outcome: 'can', facts };
    if (connects) return { outcome: 'connect-only', facts };
    return { outcome: resolves ? 'resolve-only' : 'nothing', facts };
  },
});
