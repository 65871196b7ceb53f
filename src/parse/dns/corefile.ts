import { z } from 'zod';
import { CorefileProblem, type Reader, readerOf } from './corefile-reader.js';
import type { Token } from './corefile-tokens.js';

const settingSchema = z.strictObject({ name: z.string(), args: z.array(z.string()), line: z.int() });
const pluginSchema = z.strictObject({
  name: z.string(),
  args: z.array(z.string()),
  line: z.int(),
  file: z.string(),
  /** The lines in its braces. */
  settings: z.array(settingSchema),
});
export type CorefilePlugin = z.infer<typeof pluginSchema>;
const blockSchema = z.strictObject({ zones: z.array(z.string()), line: z.int(), plugins: z.array(pluginSchema) });
export type ServerBlock = z.infer<typeof blockSchema>;

export const corefileSchema = z.strictObject({
  blocks: z.array(blockSchema),
  /** Why CoreDNS would not read it, and where. What stands before that is in `blocks`. */
  problem: z.strictObject({ said: z.string(), line: z.int(), file: z.string() }).optional(),
  /** Files that it imports and nobody could read. */
  unseen: z.array(z.string()),
});
export type Corefile = z.infer<typeof corefileSchema>;

/** True where a token ends the addresses; a comma at the end of the one before means that another has to follow. */
const endsZones = (token: Token, zones: readonly string[], more: boolean): boolean => {
  if (token.text !== '{') return zones.length > 0 && !more && token.first;
  if (more) throw new CorefileProblem(`Expected another address but had '{' - check for extra comma`, token);
  return true;
};

/** The addresses before a brace. */
const zonesOf = (reader: Reader): string[] => {
  const zones: string[] = [];
  let more = false;
  for (let token = reader.peek(); token; token = reader.peek()) {
    if (endsZones(token, zones, more)) return zones;
    if (token.text === 'import' && token.first) {
      reader.splice();
      continue;
    }
    reader.next();
    more = token.text.endsWith(',');
    zones.push(more ? token.text.slice(0, -1) : token.text);
  }
  if (more) throw reader.atEnd('Unexpected EOF');
  return zones;
};

const addTo = (plugin: CorefilePlugin, { text, line, first }: Token, depth: number) => {
  const open = plugin.settings.at(-1);
  if (depth === 0) plugin.args.push(text);
  else if (open && !(first && depth === 1)) open.args.push(text);
  else plugin.settings.push({ name: text, args: [], line });
};

const depthAfter = (token: Token, depth: number) => {
  if (token.text === '{') return depth + 1;
  if (token.text !== '}') return depth;
  if (depth === 0) throw new CorefileProblem(`Unexpected '}' because no matching opening brace`, token);
  return depth - 1;
};

/** One plugin: the rest of its line, and its braces. */
const pluginOf = (reader: Reader, { text, line, file }: Token): CorefilePlugin => {
  reader.next();
  const plugin: CorefilePlugin = { name: text, args: [], line, file, settings: [] };
  let depth = 0;
  for (let token = reader.peek(); token; token = reader.peek()) {
    if (token.first && depth === 0 && token.text !== '{') break;
    const after = depthAfter(token, depth);
    if (after === depth) addTo(plugin, token, depth);
    depth = after;
    reader.next();
  }
  if (depth > 0) throw reader.atEnd('Unexpected EOF');
  return plugin;
};

const pluginsOf = (reader: Reader, plugins: CorefilePlugin[]) => {
  const braced = reader.peek()?.text === '{';
  if (braced) reader.next();
  for (let token = reader.peek(); token; token = reader.peek()) {
    if (token.text === '}') {
      reader.next();
      return;
    }
    if (token.text === 'import') reader.splice();
    else plugins.push(pluginOf(reader, token));
  }
  // The brace of the last plugin is taken for that of the block, as CoreDNS does (caddyfile/parse.go, closeCurlyBrace).
  if (braced && reader.last()?.text !== '}') throw reader.atEnd(`Unexpected token '', expecting '}'`);
};

const blockOf = (reader: Reader, blocks: ServerBlock[]) => {
  const line = reader.peek()?.line ?? 1;
  const zones = zonesOf(reader);
  const [name = ''] = zones;
  if (zones.length === 1 && name.startsWith('(') && name.endsWith(')')) {
    reader.keep(name.slice(1, -1));
    return;
  }
  const block: ServerBlock = { zones, line, plugins: [] };
  if (zones.length > 0) blocks.push(block);
  if (reader.peek()) pluginsOf(reader, block.plugins);
};

/**
 * A Corefile as CoreDNS itself would read it. `files` are those that it may import, by name; of files that are not
 * among them it says that they were not seen.
 */
export const parseCorefile = (text: string, files?: Readonly<Record<string, string>>): Corefile => {
  const reader = readerOf(text, files);
  const blocks: ServerBlock[] = [];
  try {
    while (reader.peek()) blockOf(reader, blocks);
  } catch (error) {
    if (!(error instanceof CorefileProblem)) throw error;
    const { message: said, line, file } = error;
    return { blocks, problem: { said, line, file }, unseen: reader.unseen };
  }
  return { blocks, unseen: reader.unseen };
};
