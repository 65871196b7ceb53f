import { z } from 'zod';
import type { Flow } from '../../domain/flow.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { sourceNode } from '../../domain/source-node.js';
import { defineStep } from '../../domain/step.js';
import { type Target, targetSchema } from '../../domain/targets.js';
import { onePacket, type SizeTry, sizeTrySchema } from '../../parse/sizes.js';
import { httpGet } from '../../queries/http-get.js';
import { farAndNear } from '../../queries/probes/far-and-near.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { sizedGet } from '../../queries/sized-get.js';

const triedSchema = z.strictObject({ ...targetSchema.shape, sizes: z.array(sizeTrySchema) });
type Tried = z.infer<typeof triedSchema>;

// Some servers hang up on a request line of many kilobytes; packets get large long before.
const severalPackets = 3000;

const passes = ({ class: heard }: SizeTry) => heard === 'answers';
const hangs = ({ class: heard }: SizeTry) => heard === 'silent' || heard === 'cut';

/** The largest that was answered and the smallest that was not; sharp where nothing above is answered. */
const thresholdOf = ({ sizes: all }: Tried) => {
  // Where answers to requests of one packet vanish already, larger requests may have taught the client a way around.
  const first = all.filter(({ size }) => size <= onePacket);
  const sizes = first.every(passes) ? all : first;
  const largest = sizes.filter(passes).at(-1)?.size ?? 0;
  const failing = sizes.filter((one) => !passes(one));
  return { largest, lost: failing[0]?.size ?? 0, sharp: failing.every(({ size }) => size > largest), failing };
};

const judge = (tried: Tried) => {
  const { sharp, failing } = thresholdOf(tried);
  if (!tried.sizes[0] || !passes(tried.sizes[0])) return 'not-http';
  if (failing.length === 0) return 'all-pass';
  if (!sharp) return 'ragged';
  return failing.every(hangs) && failing.some(({ size }) => size <= severalPackets) ? 'large-hang' : 'long-refused';
};
const worstFirst = ['large-hang', 'ragged', 'long-refused', 'all-pass', 'not-http'] as const;

type Reader = ObjectReader<'services' | 'endpointslices' | 'pods'>;
type Towards = Flow<'pod' | 'node', 'service' | 'pod' | 'ip'>;

const endsOf = async (kube: Reader, flow: Towards, node: string): Promise<Target[]> => {
  const { to, port, protocol } = flow;
  if (to.kind !== 'ip') return await farAndNear(kube, { ...flow, to }, node);
  return typeof port === 'number' && protocol === 'TCP' ? [{ address: to.address, port, node: '', pod: '' }] : [];
};

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'whole',
  level: 'probe',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [httpGet, sizedGet],
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: z.strictObject({ node: z.string(), tried: z.array(triedSchema) }),
  outcomes: {
    'all-pass': 'pass',
    'large-hang': 'fail',
    ragged: 'warn',
    'long-refused': 'unsure',
    'not-http': 'unsure',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod, node: onNode }, flow) {
    const node = await sourceNode(kube, flow.from);
    const place = sourceOf({ pod, node: onNode }, flow.from);
    const hostHeader = flow.to.kind === 'service' ? `${flow.to.name}.${flow.to.namespace}` : 'net-triage';
    const targets = await endsOf(kube, flow, node);
    // What speaks no HTTP gets one short line that it does not understand, and not a series of long ones.
    const sizesTo = async ({ address: host, port }: { address: string; port: number }) => {
      const small = await place.run(httpGet, { host, port, path: '/', tries: 1, waitSeconds: 2, hostHeader });
      return small.answered > 0 ? await place.run(sizedGet, { host, port, waitSeconds: 2, hostHeader }) : [];
    };
    return { node, tried: await Promise.all(targets.map(async (one) => ({ ...one, sizes: await sizesTo(one) }))) };
  },

  interpret({ node, tried }) {
    const judged = tried.map((one) => ({ one, word: judge(one) }));
    const word = worstFirst.find((wanted) => judged.some((each) => each.word === wanted));
    const worst = judged.find((each) => each.word === word)?.one;
    if (!word || !worst) return { outcome: 'none-to-try' };
    const { largest, lost } = thresholdOf(worst);
    const same = judged.filter((each) => each.word === 'all-pass').map(({ one }) => one);
    return {
      outcome: word,
      facts: {
        ...{
          address: `${worst.address}:${worst.port}`,
          'endpoint-node': worst.node || worst.address,
          largest,
          lost,
          node,
        },
        passing: same.map((one) => `${one.address} (${one.node === node ? 'same node' : one.node})`),
      },
    };
  },
});
