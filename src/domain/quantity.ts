const factors: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** A quantity of Kubernetes as a number: cores of "250m" and "12345678n", bytes of "64Mi" and "1e6". Undefined where it is none. */
export const quantity = (text: string | undefined): number | undefined => {
  const [, digits, suffix = '', power = '0'] =
    /^(\d+(?:\.\d*)?)(?:([A-Za-z]*)|[eE]([+-]?\d{1,2}))$/.exec(text ?? '') ?? [];
  const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor * 10 ** Number(power);
};
