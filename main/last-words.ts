/** Log lines of TensorFlow and absl for information and warnings, which every start writes. */
const CHATTER =
  /^(WARNING: All log messages before absl|[IW]\d{4} |[IW]0000 |\d{4}-\d\d-\d\d [\d:.]+: [IW] )/;
const MOST_LINES = 3;
const MOST_CHARACTERS = 400;

/** Keeps the end of what a process writes to stderr, for the case that it dies. */
export class LastWords {
  #lines: string[] = [];
  #open = '';

  add(text: string): void {
    const lines = (this.#open + text).split(/\r?\n/);
    this.#open = (lines.pop() ?? '').slice(-MOST_CHARACTERS);
    const telling = lines
      .map((line) => line.trim())
      .filter((line) => line !== '' && !CHATTER.test(line));
    this.#lines = [...this.#lines, ...telling].slice(-MOST_LINES);
  }

  /** The last lines without such log lines, joined into one; may be empty. */
  toString(): string {
    const open = this.#open.trim();
    const all = open === '' || CHATTER.test(open) ? this.#lines : [...this.#lines, open];
    return all.slice(-MOST_LINES).join(' ').slice(-MOST_CHARACTERS);
  }
}
