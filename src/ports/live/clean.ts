/** Sanitises and redacts; applied to everything that comes from outside before it leaves the port. */
export interface Clean {
  readonly cleanText: (text: string) => string;
  readonly cleanJson: <T>(value: T) => T;
}
