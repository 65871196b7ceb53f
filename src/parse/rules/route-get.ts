/** "10.244.1.2 dev cni0 src 10.244.1.1 uid 0 \\    cache", "local 10.96.0.1 dev lo table local src 10.96.0.1" */
export const parseRouteGet = (text: string): { device: string; kind: string; via: string; source: string } => {
  const [line = ''] = text.split('\n');
  const after = (word: string) => new RegExp(`(?:^|\\s)${word} (\\S+)`).exec(line)?.[1] ?? '';
  const kind = /^(local|broadcast|multicast|unreachable|blackhole|prohibit|throw) /.exec(line)?.[1] ?? 'unicast';
  return { device: after('dev'), kind: line.trim() === '' ? '' : kind, via: after('via'), source: after('src') };
};
