/** An object or list that is not closed yet. */
export interface Open {
  bracket: '{' | '[';
  at: number;
  /** Where the line of its bracket begins, and how far that line is indented. */
  lineStart: number;
  indent: number;
  /** Indentation of its entries that begin a line; null if there has been none. */
  entries: number | null;
  /** Whether something follows the bracket in its line. */
  isFilled: boolean;
}

/** A place where the indentation does not fit the brackets. */
export interface Suspect {
  at: number;
  /** The bracket in question. */
  open: Open;
}

/**
 * Counting brackets alone notices a bracket too many or too few only long after it. In a text that a program has laid out, the indentation
 * shows it at once: what begins a line is indented like its neighbours, and a closing bracket like the line of its opening one.
 */
export class Indentation {
  /** The first place that does not fit. */
  suspect: Suspect | null = null;
  /** Where the line of the bracket begins that the line before has closed. */
  #closed: number | null = null;

  /**
   * @param at place of a token that begins a line, indented by `indent`
   * @param open the open brackets, the innermost last
   * @param isValue whether the token is the value of the name in an earlier line
   */
  look(token: string, at: number, indent: number, open: readonly Open[], isValue: boolean): void {
    const [within, outer] = [open.at(-1), open.at(-2)];
    if (!within) return;
    const closed = this.#closed;
    this.#closed = null;
    if (within.lineStart === closed) this.#suspect(within.at, within);
    else if (token === '}' || token === ']') {
      // If two brackets open in one line, the first may be the one too many.
      const place = outer?.lineStart === within.lineStart ? outer.at : at;
      if (indent !== within.indent) this.#suspect(place, within);
      this.#closed = within.lineStart;
    } else if (isValue) {
      if (indent > (within.entries ?? indent)) this.#suspect(at, within);
    } else if (token !== ',') {
      if (within.isFilled && within.entries === null) this.#suspect(within.at, within);
      within.entries ??= indent;
      if (indent !== within.entries || indent <= within.indent) this.#suspect(at, within);
    }
  }

  /** The text ends within an open bracket. */
  end(within: Open): void {
    if (within.lineStart === this.#closed) this.#suspect(within.at, within);
  }

  #suspect(at: number, open: Open): void {
    this.suspect ??= { at, open };
  }
}
