/** A line that is drawn besides training and validation, on demand. */
export interface ExtraLine {
  id: string;
  label: string;
  /** A colour of the window's tokens, such as `--measured`. */
  colour: string;
  /** As a canvas has it; empty: drawn through. */
  dash: readonly number[];
  /** `x` is the step. */
  points: readonly { x: number; y: number }[];
}
