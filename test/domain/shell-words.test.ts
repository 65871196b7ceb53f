import { describe, expect, it } from 'vitest';
import { readShell } from '../../src/domain/shell-words.js';

const words = (text: string) => readShell(text).commands.map((command) => command.words);

describe('the words of a shell', () => {
  it.each([
    ['plain ones', 'kubectl -n shop get pods', [['kubectl', '-n', 'shop', 'get', 'pods']]],
    ['one in quotes', `echo 'a b' "c d" e\\ f`, [['echo', 'a b', 'c d', 'e f']]],
    ['quotes within quotes', `echo "it's" 'say "no"' "a \\"b\\" \\n"`, [['echo', "it's", 'say "no"', 'a "b" \\n']]],
    ['an empty one', `patch ''`, [['patch', '']]],
    ['several commands', 'a 1 && b 2; c | d & e || f', [['a', '1'], ['b', '2'], ['c'], ['d'], ['e'], ['f']]],
    ['lines', 'a\nb \\\n  c', [['a'], ['b', 'c']]],
    ['a subshell', '(cd /; ls)', [['cd', '/'], ['ls']]],
    ['a comment, and a hash that is none', 'a # b c\nd#e', [['a'], ['d#e']]],
    [
      'a command within',
      'kill $(pidof -s cart) now',
      [
        ['pidof', '-s', 'cart'],
        ['kill', '', 'now'],
      ],
    ],
    ['one within quotes and brackets', 'echo "x$(a (b))" `c d`', [['a'], ['b'], ['c', 'd'], ['echo', 'x', '']]],
    ['no redirection', 'a 2>/dev/null >> log <<< x', [['a', 'x']]],
  ])('are %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
    expect(readShell(text).whole).toBe(true);
  });

  it('tell what is written to', () => {
    expect(readShell('cat a > /etc/hosts 2>&1').commands).toEqual([{ words: ['cat', 'a'], writes: ['/etc/hosts'] }]);
  });

  it.each([`echo 'a`, 'echo "a', 'echo $(a', 'echo `a'])('are not whole in %s', (text) => {
    expect(readShell(text).whole).toBe(false);
  });
});

/** The same numbers in every run, so that a failure can be looked at. */
const dice = (seed: number) => () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
};
const alphabet = [...`ab -='"\\$()\`;|&<>#\n{}*!`, '$(', '中', '\u{1f980}', '\u0000', 'iptables -F', 'kubectl delete '];
const random = (roll: () => number, length: number) =>
  Array.from({ length }, () => alphabet[Math.floor(roll() * alphabet.length)]).join('');

describe('any text', () => {
  it('is read to its end', () => {
    const roll = dice(7);
    for (let at = 0; at < 4000; at += 1) {
      const text = random(roll, Math.floor(roll() * 60));
      const { commands } = readShell(text);
      const read = commands.flatMap((command) => [...command.words, ...command.writes]).join('').length;
      expect({ text, within: read <= text.length * 2 }).toEqual({ text, within: true });
    }
  });

  it('comes back as it was where every word was quoted', () => {
    const roll = dice(11);
    for (let at = 0; at < 2000; at += 1) {
      const list = Array.from({ length: 1 + Math.floor(roll() * 5) }, () => random(roll, Math.floor(roll() * 12)));
      const line = list.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
      expect(readShell(line)).toEqual({ commands: [{ words: list, writes: [] }], whole: true });
    }
  });

  it('is read at once, however often it opens a bracket', () => {
    const { whole } = readShell('$('.repeat(20_000));
    expect(whole).toBe(false);
  });
});
