import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { containerStates } from '../../domain/container-state.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { nameOf } from '../../domain/name-of.js';
import { everyNamespace, type KubePort } from '../../domain/ports.js';
import { defineStep } from '../../domain/step.js';
import { kubeletWord, kubeletWords } from '../../parse/kubelet-reply.js';
import { nodesOfEnds } from '../../queries/probes/nodes-of-ends.js';

type Kube = KubePort<'pods' | 'nodes' | 'services' | 'pods/log'>;

const seenSchema = z.strictObject({
  ...flowNodeSchema.shape,
  pod: z.string(),
  word: z.enum(['answers', 'no-pod', ...kubeletWords]),
  message: z.string(),
});
type Seen = z.infer<typeof seenSchema>;

// The API server waits half a minute for a kubelet, which is longer than this program waits for the API server.
const wordOf = ({ code, message }: CannotLook) => (code === 'timeout' ? 'times-out' : kubeletWord(message));

/** A Pod whose container runs: that of one which waits for its image is refused, whether or not the kubelet answers. */
const loggedOn = async (kube: Kube, node: string) => {
  const pods = await kube.list('pods', { namespace: everyNamespace, fields: { 'spec.nodeName': node }, limit: 50 });
  return pods.flatMap((pod) => {
    const running = containerStates(pod).find(({ init, startedAt, ended }) => !init && startedAt > 0 && !ended);
    return running ? [{ namespace: pod.metadata?.namespace ?? '', name: nameOf(pod), container: running.name }] : [];
  })[0];
};

/** Logs come from the kubelet, by a connection that the API server makes. */
const lookAt = async (kube: Kube, node: string): Promise<Pick<Seen, 'pod' | 'word' | 'message'>> => {
  const found = await loggedOn(kube, node);
  if (!found) return { pod: '', word: 'no-pod', message: '' };
  const { namespace, name, container } = found;
  const pod = `${namespace}/${name}`;
  try {
    await kube.logs({ namespace, name }, { container, tailLines: 1 });
    return { pod, word: 'answers', message: '' };
  } catch (error) {
    const word = error instanceof CannotLook ? wordOf(error) : undefined;
    if (!(error instanceof CannotLook) || !word) throw error;
    return { pod, word, message: error.message };
  }
};

export default defineStep({
  stage: 'connectivity',
  level: 'observe',
  cost: 2,
  reads: ['pods', 'nodes', 'services', 'pods/log'],
  runs: [],
  from: ['control-plane'],
  to: ['node', 'pod'],
  evidence: z.object({ seen: z.array(seenSchema), unseen: z.array(z.object({ node: z.string(), why: z.string() })) }),
  outcomes: {
    answers: 'pass',
    'times-out': 'fail',
    refused: 'fail',
    unreachable: 'fail',
    'not-resolved': 'fail',
    'not-trusted': 'fail',
    'not-let-in': 'fail',
    'no-pod': 'unsure',
    'no-node': 'unsure',
  },

  async collect({ kube }, flow) {
    const nodes = await nodesOfFlow(kube, flow);
    return await nodesOfEnds(nodes, ({ node }) => lookAt(kube, node));
  },

  interpret({ seen }) {
    const there = seen.find(({ role }) => role === 'destination');
    if (!there) return { outcome: 'no-node' };
    const others = seen.filter((one) => one !== there && one.word !== 'no-pod');
    const nodes = (answering: boolean) =>
      others.filter(({ word }) => (word === 'answers') === answering).map(({ node }) => node);
    const { node, pod, word, message } = there;
    return {
      outcome: word,
      facts: { node, 'logged-pod': pod, message, answering: nodes(true), 'silent-as-well': nodes(false) },
    };
  },
});
