import fc from 'fast-check';

// Not `unit: 'binary'`, whose table of every code point takes seconds to make in each file.
const unit = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)), weight: 8 },
  { arbitrary: fc.constantFrom('\u0085', '\u2028', '\ufeff', '\u00df', '\u754c', '\ud83d\ude00', '\ud800'), weight: 1 },
);

/** Real text with a piece cut out, doubled, or replaced by anything, and plain garbage. */
export const mangled = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.string({ unit, maxLength: 400 }), weight: 1 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(200), fc.string({ unit, maxLength: 40 }))
        .map(([text, from, length, instead]) => {
          const start = from % (text.length + 1);
          return text.slice(0, start) + instead + text.slice(start + length);
        }),
      weight: 3,
    },
  );
