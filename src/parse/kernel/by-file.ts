/** Lines as `grep -H '' FILE…` writes them, by file: so one program reads many files of the kernel at one moment. */
export const byFile = (text: string): ReadonlyMap<string, readonly string[]> => {
  const files = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    // "/proc/net/softnet_stat:008cca47 00000000 0000000d"
    const colon = line.indexOf(':');
    if (!line.startsWith('/') || colon < 0) continue;
    const file = line.slice(0, colon);
    const lines = files.get(file) ?? [];
    lines.push(line.slice(colon + 1));
    files.set(file, lines);
  }
  return files;
};
