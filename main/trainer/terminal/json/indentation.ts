/** An object or list that is open. */
export interface Open {
  bracket: '{' | '[';
  at: number;
  /** Where the line begins that it is in, and how far that is indented. */
  lineStart: number;
  indent: number;
  /** How far its entries are indented that begin a line; null: none has yet. */
  entries: number | null;
  /** Something follows it in its line. */
  isFilled: boolean;
}

/** What the indentation says of the brackets. */
export interface Suspect {
  at: number;
  /** The bracket that it is about. */
  open: Open;
}

/**
 * A bracket too many or too few is noticed long after it where brackets alone are counted. In a text that is laid out as programs do it,
 * indentation tells at once: what begins a line lies as deep as its neighbours, and what closes as deep as what it closes.
 */
export class Indentation {
  /** The first place that does not fit. */
  suspect: Suspect | null = null;
  /** Where the line begins in which that lies which the line before has closed. */
  #closed: number | null = null;

  /**
   * @param at of a token that begins a line, indented by `indent`
   * @param open the brackets that are, the innermost last
   * @param isValue it is the value of the name in a line before
   */
  look(token: string, at: number, indent: number, open: readonly Open[], isValue: boolean): void {
    const [within, outer] = [open.at(-1), open.at(-2)];
    if (!within) return;
    const closed = this.#closed;
    this.#closed = null;
    if (within.lineStart === closed) this.#suspect(within.at, within);
    else if (token === '}' || token === ']') {
      // Of two brackets in one line the first may be the one too many.
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

  /** The text ends within a bracket. */
  end(within: Open): void {
    if (within.lineStart === this.#closed) this.#suspect(within.at, within);
  }

  #suspect(at: number, open: Open): void {
    this.suspect ??= { at, open };
  }
}
