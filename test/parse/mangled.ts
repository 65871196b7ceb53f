import fc from 'fast-check';

/** Real text with a piece cut out, doubled, or replaced by anything, and plain garbage. */
export const mangled = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.string({ unit: 'binary', maxLength: 400 }), weight: 1 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(200), fc.string({ unit: 'binary', maxLength: 40 }))
        .map(([text, from, length, instead]) => {
          const start = from % (text.length + 1);
          return text.slice(0, start) + instead + text.slice(start + length);
        }),
      weight: 3,
    },
  );
