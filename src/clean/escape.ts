const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** For text and for quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => ENTITY[char] ?? char);
}

/** XML 1.0 has no way at all to write lone surrogates, U+FFFE, U+FFFF and most control characters. */
export function escapeXml(text: string): string {
  return escapeHtml(text.toWellFormed().replace(/[^\P{Cc}\n\t]|[\uFFFE\uFFFF]/gu, '\uFFFD'));
}

function oneLine(text: string): string {
  return text.replace(/[\n\r\u2028\u2029\t]/g, ' ');
}

/** Inline text that can neither start a block nor become markup, a link or a mention, wherever it is placed. */
export function escapeMarkdown(text: string): string {
  return (
    oneLine(text)
      .trimStart()
      .replace(/[\\`*_[\]<>&#~|$!^{}]/g, '\\$&')
      // GFM links bare `https://x`, `www.x` and `mailto:x`; breaking the trigger keeps the text.
      .replace(/:(?=\/\/)|(?<=(?:mailto|xmpp)):|(?<=www)\./gi, '\\$&')
      // A backslash does not help here: e-mail links and mentions are found after the escapes are resolved.
      .replace(/@/g, '@<!-- -->')
      .replace(/^[-+=]/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  );
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** Code of one line; the fence is longer than any backticks inside. */
export function codeSpan(text: string): string {
  const body = oneLine(text);
  if (body.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(body) + 1);
  // One space on each side is taken away again by the renderer, if both are there.
  const pad = /^[` ]|[` ]$/.test(body) ? ' ' : '';
  return fence + pad + body + pad + fence;
}

/** Inside a GFM table a pipe ends the cell even in code, unless it is escaped. */
export function codeCell(text: string): string {
  // A backslash before the pipe would swallow our escape, and code has no escape of its own.
  return codeSpan(text).replace(/\\*\|/g, (run) =>
    run.length % 2 === 1 ? `${run.slice(0, -1)}\\|` : `${run.slice(0, -1)} \\|`,
  );
}

/** Code of many lines. The language is ours, never data. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}\n`;
}
