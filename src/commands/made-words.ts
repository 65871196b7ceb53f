import type { Removal, Resource, ResourceEvent } from '../domain/resource.js';

type Named = Pick<Removal, 'kind' | 'namespace' | 'pod' | 'container'>;

export const nameOfMade = ({ kind, namespace, pod, container }: Named) =>
  kind === 'ephemeral-container'
    ? `container ${container} of pod ${namespace}/${pod}`
    : `${kind === 'probe-pod' ? 'probe pod' : 'node pod'} ${namespace}/${pod}`;

export const shellWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The line that removes it by hand. An ephemeral container goes only with its Pod. */
export const removalLine = ({ namespace, pod }: Named, context: string | null) =>
  ['kubectl', ...(context ? ['--context', context] : []), '-n', namespace, 'delete', 'pod', pod]
    .map(shellWord)
    .join(' ');

const createdWords = (made: Resource) =>
  made.kind === 'ephemeral-container'
    ? `Added ${nameOfMade(made)} (${made.image}). It stays until that Pod is deleted.`
    : `Created ${nameOfMade(made)} (${made.image}). It is removed at the end, and ends by itself at ${made.expires}.`;

/** What is still there, and what can be done about it. */
export const leftWords = (made: Resource, context: string | null) =>
  made.kind === 'ephemeral-container'
    ? `${nameOfMade(made)}, until that Pod is deleted.`
    : `${nameOfMade(made)}, which ends at ${made.expires}. Remove it with: ${removalLine(made, context)}`;

const removedWords = (removal: Removal, context: string | null) => {
  const name = nameOfMade(removal);
  if (removal.outcome === 'removed') return `Removed ${name}.`;
  if (removal.outcome === 'ended') return `Ended ${name}; its entry stays until the Pod is deleted.`;
  const by = removal.kind === 'ephemeral-container' ? '' : ` Remove it with: ${removalLine(removal, context)}`;
  return `Left ${name}: ${removal.why ?? ''}${by}`;
};

/** What was put into the cluster, or what became of it, in one sentence. */
export const resourceWords = (event: ResourceEvent, context: string | null) =>
  event.type === 'resource.created' ? createdWords(event.data) : removedWords(event.data, context);

/** Said before a recording starts. */
export const recordingWords = (check: string, { rate, seconds }: { rate: number; seconds: number }) =>
  `${check} makes up to ${rate} connections, requests and lookups per second for ${seconds} s, where this flow goes.`;

/** Said before anything is made. */
export const beforehand = (image: string, ways: readonly string[]) => {
  const inPods = [
    ...(ways.includes('ephemeral')
      ? ['  as a container added to that Pod, which nothing can take out before the Pod is deleted;']
      : []),
    ...(ways.includes('probe-pod')
      ? ['  as a probe pod with its labels that is never ready, removed at the end.']
      : []),
  ];
  return [
    ...(inPods.length > 0
      ? [
          `Where the source Pod lacks the tools, ${image} is started to look from, for half an hour at most:`,
          ...inPods,
          'Narrow it with --pod-access.',
        ]
      : []),
    ...(ways.includes('debug')
      ? [
          `On nodes that no way before opens, ${image} is started as a node pod, for half an hour at most: it shares`,
          '  the network and the processes of the node and reads its files, with the rights of root, and is removed at',
          '  the end. Narrow it with --node-access.',
        ]
      : []),
  ].join('\n');
};
