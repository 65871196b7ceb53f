import { z } from 'zod';

const fileSchema = z.strictObject({
  name: z.string(),
  /** Plugins in the order in which they are called; none where the file was not understood. */
  types: z.array(z.string()),
  understood: z.boolean(),
});

export const cniConfigSchema = z.strictObject({
  /** In the order of their names: the runtime takes the first. */
  files: z.array(fileSchema),
  programs: z.array(z.string()),
  /** False where the list ended early: then nothing may be called absent. */
  complete: z.boolean(),
});
export type CniConfig = z.infer<typeof cniConfigSchema>;

const pluginSchema = z.object({
  type: z.string(),
  ipam: z.object({ type: z.string() }).optional().catch(undefined),
  delegate: z
    .object({ type: z.string().default('bridge') })
    .optional()
    .catch(undefined),
});
const listSchema = z.object({ plugins: z.array(pluginSchema).min(1) });

/** flannel's plugin calls others: the bridge plugin unless told otherwise, and host-local (flannel-io/cni-plugin). */
const calledBy = ({ type, ipam, delegate }: z.infer<typeof pluginSchema>): string[] =>
  type === 'flannel'
    ? [type, delegate?.type ?? 'bridge', ipam?.type ?? 'host-local']
    : [type, ...(ipam ? [ipam.type] : [])];

const typesIn = (text: string): string[] | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const list = listSchema.safeParse(value);
    const plugins = list.success ? list.data.plugins : [pluginSchema.parse(value)];
    return plugins.flatMap(calledBy);
  } catch {
    return undefined;
  }
};

const described = (path: string, lines: readonly string[]): CniConfig['files'][number] => {
  const types = typesIn(lines.map((line) => line.slice(1)).join('\n'));
  return { name: path.replace(/^.*\//, ''), types: types ?? [], understood: types !== undefined };
};

interface Section {
  readonly kind: string;
  readonly path: string;
  readonly lines: string[];
}

// "== config /etc/cni/net.d/10-flannel.conflist", "|{", "== programs /opt/cni/bin", "+bridge"
const heading = /^== (folder|config|programs|end)(?: (\S.*))?$/;

const sectionsOf = (text: string): Section[] => {
  const sections: Section[] = [];
  for (const line of text.split('\n')) {
    const [, kind, path = ''] = heading.exec(line) ?? [];
    if (kind !== undefined) sections.push({ kind, path, lines: [] });
    else if (/^[|+]/.test(line)) sections.at(-1)?.lines.push(line);
  }
  return sections;
};

/** What the script about CNI files printed. */
export const parseCniConfig = (text: string): CniConfig => {
  const sections = sectionsOf(text);
  const of = (kind: string) => sections.filter((section) => section.kind === kind);
  return {
    files: of('config')
      .map(({ path, lines }) => described(path, lines))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    programs: [...new Set(of('programs').flatMap(({ lines }) => lines.map((line) => line.slice(1))))],
    complete: of('end').length > 0,
  };
};
