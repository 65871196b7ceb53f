import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stageSchema } from '../src/domain/stage.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const stepTemplate = (stage: string) => `import { z } from 'zod';
import { anyEnd, defineStep } from '../../domain/step.js';

export default defineStep({
  stage: '${stage}',
  level: 'observe',
  cost: 0,
  reads: ['services'],
  runs: [],
  from: anyEnd,
  to: ['service'],
  evidence: z.object({ exists: z.boolean() }),
  outcomes: { found: 'pass', missing: 'fail' },

  async collect({ kube }, { to }) {
    const service = await kube.get('services', { namespace: to.namespace, name: to.name });
    return { exists: service !== undefined };
  },

  interpret({ exists }) {
    return { outcome: exists ? 'found' : 'missing' };
  },
});
`;

const words = (title: string) => `  title: ${title}
  question: Is it so?
  why: What fails when it is not so.
  outcomes:
    found: Service {namespace}/{service} exists.
    missing: There is no Service {namespace}/{service}.
  by-hand: kubectl -n {namespace} get service {service}
`;

const testTemplate = (path: string, id: string) => `import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/${path}.js';

const flow = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
} as const;

describe('${id}', () => {
  it.each([
    ['found', { exists: true }],
    ['missing', { exists: false }],
  ])('%s', (outcome, evidence) => expect(step.interpret(evidence, flow).outcome).toBe(outcome));
});
`;

const write = (path: string, text: string) => {
  const file = join(root, path);
  if (existsSync(file)) throw new Error(`${path} is there already.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${path}\n`);
};

const [path = ''] = process.argv.slice(2);
const [stage, id] = path.split('/');
if (!id || !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || !stageSchema.safeParse(stage).success) {
  process.stderr.write(
    `Usage: npm run new:step STAGE/ID\nSTAGE is one of ${stageSchema.options.join(', ')}; ID is a sentence that is true when healthy, for example service-has-ready-endpoints.\n`,
  );
  process.exit(2);
}
const title = `${id[0]?.toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
write(`src/steps/${path}.ts`, stepTemplate(stage ?? ''));
write(`src/steps/${path}.text.yaml`, `en:\n${words(title)}zh-CN:\n${words(title)}`);
write(`test/steps/${path}.test.ts`, testTemplate(path, id));
process.stdout.write(
  `\nNow route its outcomes in a runbook and name them in the causes they prove or refute.\n"npm run check" says what is missing.\n`,
);
