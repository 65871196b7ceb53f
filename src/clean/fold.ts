const TYPED_UNDER_AN_INPUT_METHOD: ReadonlyMap<string, string> = new Map([
  ['\u3001', '/'],
  ['\u3010', '['],
  ['\u3011', ']'],
]);

/** Keys and filters typed under a Chinese or Japanese input method mean what they mean on a plain keyboard. */
export function fold(text: string): string {
  // NFKC first: it turns the half-width U+FF64 into U+3001.
  return text
    .normalize('NFKC')
    .replace(/[\u3001\u3010\u3011]/g, (char) => TYPED_UNDER_AN_INPUT_METHOD.get(char) ?? char);
}
