import { z } from 'zod';

export const resolvConfSchema = z.strictObject({
  nameservers: z.array(z.string()),
  search: z.array(z.string()),
  /** `ndots:5` as `{ndots: '5'}`, a bare word with an empty value. */
  options: z.record(z.string(), z.string()),
  /** Why the file could not be read; empty when it was. */
  problem: z.string(),
});
export type ResolvConf = z.infer<typeof resolvConfSchema>;

const named = (lines: readonly string[][], ...words: string[]) => lines.filter(([word = '']) => words.includes(word));

/** resolv.conf(5): the last of several `search` and `domain` lines counts; lines of options add up. */
export const parseResolvConf = (text: string, problem = ''): ResolvConf => {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*[#;]/.test(line))
    .map((line) => line.trim().split(/\s+/));
  const options = named(lines, 'options').flatMap((words) => words.slice(1));
  return {
    nameservers: named(lines, 'nameserver').flatMap((words) => words[1] ?? []),
    search: (named(lines, 'search', 'domain').at(-1) ?? []).slice(1),
    options: Object.fromEntries(
      options.map((option) => option.split(/:(.*)/s).slice(0, 2)).map(([key, value]) => [key, value ?? '']),
    ),
    problem: problem.trim(),
  };
};

/** `cluster.local` of `shop.svc.cluster.local`: what the cluster calls itself, as this container was told. */
export const clusterDomain = ({ search }: ResolvConf): string | undefined =>
  search.map((domain) => /(?:^|\.)svc\.(.+?)\.?$/.exec(domain)?.[1]).find((domain) => domain !== undefined);

/** The absolute name of a Service. `guessed` where the resolver does not tell the domain, and the usual one is taken. */
export const serviceName = (
  config: ResolvConf,
  { namespace, name }: { namespace: string; name: string },
): { name: string; guessed: boolean } => {
  const domain = clusterDomain(config);
  return { name: `${name}.${namespace}.svc.${domain ?? 'cluster.local'}.`, guessed: domain === undefined };
};
