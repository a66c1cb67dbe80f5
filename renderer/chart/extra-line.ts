/** A line that is laid over a chart of the curves: an earlier run, a branch, training measured as validation is. */
export interface ExtraLine {
  /** Stays the same while the line is the same one. */
  readonly id: string;
  /** What the legend and the read-out call it, in a few words. */
  readonly label: string;
  /** A custom property of tokens.css, such as `--measured`, or a colour that a person chose, such as `#6b4fa3`. */
  readonly colour: string;
  /** Lengths of stroke and gap, px; empty: a solid line. */
  readonly dash: readonly number[];
  /** In the order of their steps. */
  readonly points: readonly ExtraPoint[];
  /** It is drawn stronger, and above the others: it is pointed at in a list, say. */
  readonly isStrong?: boolean;
  /** Its points are drawn, as the validation's are: there are few, such as one an epoch. */
  readonly hasMarks?: boolean;
}

/** Where a line goes through. */
export interface ExtraPoint {
  /** Steps that were done. */
  readonly x: number;
  /** Loss in nats, or accuracy as a share of 1. */
  readonly y: number;
  /** Of the step, counted from 1. */
  readonly epoch: number;
  /** Epochs that were done by then, with the part of the one under way; left out: those that the run shown had done at that step. */
  readonly epochsDone?: number;
  /** Of training by then; left out: those that the run shown had trained at that step. */
  readonly seconds?: number;
}

/** Of both charts. */
export interface ExtraLines {
  readonly loss: readonly ExtraLine[];
  readonly accuracy: readonly ExtraLine[];
}

export const noExtraLines: ExtraLines = { loss: [], accuracy: [] };

/** All lines of several sources, in their order; where there are none, always the same object, so that nothing is drawn anew. */
export const joinExtraLines = (...sources: readonly ExtraLines[]): ExtraLines =>
  sources.every(({ loss, accuracy }) => loss.length + accuracy.length === 0)
    ? noExtraLines
    : {
        loss: sources.flatMap(({ loss }) => loss),
        accuracy: sources.flatMap(({ accuracy }) => accuracy),
      };
