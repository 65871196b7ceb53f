/** The JSON of a program, `undefined` where it printed something else. */
export const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
