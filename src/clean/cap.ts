export interface Limits {
  /** Of the input in bytes, and of the result in UTF-16 units. */
  readonly total: number;
  readonly line: number;
  readonly lines: number;
}

export interface Cut {
  readonly bytes: number;
  readonly lines: number;
  readonly characters: number;
}

export interface Capped {
  readonly text: string;
  readonly cut: Cut;
}

const DEFAULT_LIMITS: Limits = { total: 16 * 1024 * 1024, line: 1024 * 1024, lines: 200_000 };

// Room for the longest mark, so that a capped text fits its own limits and capping again changes nothing.
const MARK_ROOM = 64;

/** Fills in defaults and raises what is too small to hold a mark. */
export function withDefaults(wanted: Partial<Limits>): Limits {
  const limits = { ...DEFAULT_LIMITS, ...wanted };
  const total = Math.max(limits.total, 4 * MARK_ROOM);
  return {
    total,
    line: Math.min(Math.max(limits.line, 2 * MARK_ROOM), total - 2 * MARK_ROOM),
    lines: Math.max(limits.lines, 2),
  };
}

/** Cuts at the edge of a character, before anything is decoded: work is bounded by the cap, not by the sender. */
export function capBytes(bytes: Uint8Array, limit: number): { bytes: Uint8Array; cut: number } {
  if (bytes.length <= limit) return { bytes, cut: 0 };
  let end = Math.max(0, Math.floor(limit));
  for (let back = 0; back < 3 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80; back += 1) end -= 1;
  return { bytes: bytes.subarray(0, end), cut: bytes.length - end };
}

export function capString(text: string, limit: number): { text: string; cut: number } {
  if (text.length <= limit) return { text, cut: 0 };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { text: text.slice(0, end), cut: text.length - end };
}

function shorten(line: string, limit: number): { text: string; cut: number } {
  if (line.length <= limit) return { text: line, cut: 0 };
  const kept = capString(line, limit - MARK_ROOM);
  return { text: `${kept.text}<cut: ${kept.cut} characters>`, cut: kept.cut };
}

function fitting(lines: readonly string[], limits: Limits): string[] {
  const kept: string[] = [];
  let room = limits.total - MARK_ROOM;
  for (const line of lines.slice(0, limits.lines - 1)) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return kept;
}

/** Cuts long lines, then whole lines from the end, and says so in the text. */
export function capText(text: string, limits: Limits, lostBytes = 0): Capped {
  if (lostBytes === 0 && text.length <= Math.min(limits.line, limits.lines - 1))
    return { text, cut: { bytes: 0, lines: 0, characters: 0 } };
  const short = text.split('\n').map((line) => shorten(line, limits.line));
  const characters = short.reduce((sum, line) => sum + line.cut, 0);
  const lines = short.map((line) => line.text);
  const length = lines.reduce((sum, line) => sum + line.length + 1, -1);
  if (lostBytes === 0 && lines.length <= limits.lines && length <= limits.total) {
    return { text: lines.join('\n'), cut: { bytes: 0, lines: 0, characters } };
  }
  const kept = fitting(lines, limits);
  const cut = { bytes: lostBytes, lines: lines.length - kept.length, characters };
  return { text: [...kept, `<cut: ${cut.lines} lines, ${cut.bytes} bytes>`].join('\n'), cut };
}
