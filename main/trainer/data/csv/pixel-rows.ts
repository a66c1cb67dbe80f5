import type { FailureError } from '../../../../shared/ipc.ts';
import { shown } from '../../../../shared/shown.ts';
import { MOST_ROW_BYTES, notUtf8, raggedRow, refuseTable, rowTooLong } from './csv-file.ts';
import type { GrowingPixels } from './growing-pixels.ts';
import type { LabelTexts } from './label-texts.ts';
import { columnText, type PixelLayout } from './table-layout.ts';

const [QUOTE, LF, CR, POINT, ZERO] = [0x22, 0x0a, 0x0d, 0x2e, 0x30];
/** No label or number is longer. */
const MOST_FIELD_BYTES = 4_096;
/** Targets of columns that are not pixels. */
const [LABEL, PASSED_OVER] = [-1, -2];

/** What has been read of a field: digits, digits after a point, or anything else, which is kept as text. */
const [DIGITS, FRACTION, TEXT] = [0, 1, 2];

/** Parses a table of pixels byte by byte, so that a plain number costs no more than its digits. Rows are those of RFC 4180. */
export class PixelRows {
  count = 0;
  readonly #layout: PixelLayout;
  readonly #separator: number;
  readonly #labels: LabelTexts;
  readonly #pixels: GrowingPixels;
  /** For each column, the place of its pixel in the image, or another target. */
  readonly #targets: Int32Array;
  readonly #size: number;
  #isHeader: boolean;
  #row = 1;
  #rowBytes = 0;
  #column = 0;
  #mode = DIGITS;
  /** Value of the digits so far; below 0 if there are none. */
  #value = -1;
  /** Divisor for the digits after the point. */
  #scale = 1;
  readonly #text = Buffer.alloc(MOST_FIELD_BYTES);
  #textLength = 0;
  #isQuoted = false;
  #wasQuoted = false;

  constructor(layout: PixelLayout, separator: string, labels: LabelTexts, pixels: GrowingPixels) {
    this.#layout = layout;
    this.#separator = separator.charCodeAt(0);
    this.#labels = labels;
    this.#pixels = pixels;
    this.#size = layout.pixels.length;
    this.#isHeader = layout.names.length > 0;
    this.#targets = new Int32Array(layout.columns).fill(PASSED_OVER);
    layout.pixels.forEach((column, place) => {
      this.#targets[column] = place;
    });
    if (layout.label !== null) this.#targets[layout.label] = LABEL;
  }

  /** @throws FailureError that names row and column of what is not a pixel or label */
  add(piece: Buffer): void {
    const separator = this.#separator;
    for (let k = 0; k < piece.length; k++) {
      k = this.#addPlain(piece, k);
      const byte = piece[k];
      if (byte === undefined) break;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9 && this.#mode !== TEXT) {
        this.#value = this.#value < 0 ? digit : this.#value * 10 + digit;
        if (this.#mode === FRACTION) this.#scale *= 10;
      } else if (this.#isQuoted) {
        if (byte === QUOTE) this.#isQuoted = false;
        else this.#keep(byte);
      } else if (byte === separator) this.#endField();
      else if (byte === LF || byte === CR) {
        if (this.#rowBytes + k > MOST_ROW_BYTES) throw rowTooLong(this.#labels.path, this.#row);
        this.#endRow();
        this.#rowBytes = -(k + 1);
      } else this.#takeOther(byte);
    }
    this.#rowBytes += piece.length;
    if (this.#rowBytes > MOST_ROW_BYTES) throw rowTooLong(this.#labels.path, this.#row);
  }

  /**
   * Parses plain pixels, whole numbers followed by a separator, up to the first other byte: nearly all of a table is plain pixels.
   * @returns the index of the first byte that is left
   */
  #addPlain(piece: Buffer, from: number): number {
    const isPlain = this.#mode === DIGITS && !this.#pixels.areShares && !this.#isHeader;
    if (!isPlain || this.#column === 0) return from;
    const separator = this.#separator;
    const targets = this.#targets;
    const { bytes } = this.#pixels;
    const base = this.count * this.#size;
    let [k, column, value] = [from, this.#column, this.#value];
    for (; k < piece.length; k++) {
      const byte = piece[k] ?? 0;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) value = value < 0 ? digit : value * 10 + digit;
      else {
        const target = targets[column] ?? PASSED_OVER;
        const isPixel = byte === separator && target >= 0 && value >= 0 && value <= 255;
        if (!isPixel || targets[column + 1] === LABEL) break;
        bytes[base + target] = value;
        column++;
        value = -1;
      }
    }
    this.#column = column;
    this.#value = value;
    return k;
  }

  /** Ends the last row, which may lack a line end. */
  end(): void {
    if (this.#isQuoted) throw this.#wrongQuotes();
    this.#endRow();
  }

  #takeOther(byte: number): void {
    if (byte === POINT && this.#mode === DIGITS && this.#value >= 0) {
      this.#mode = FRACTION;
      this.#pixels.hasPoint ||= !this.#isHeader;
      return;
    }
    const isFirst = this.#value < 0 && this.#textLength === 0;
    this.#becomeText();
    if (byte === QUOTE && (isFirst || this.#wasQuoted)) {
      // Within quotes, two quotes stand for one.
      if (this.#wasQuoted) this.#keep(QUOTE);
      this.#isQuoted = true;
      this.#wasQuoted = true;
    } else this.#keep(byte);
  }

  #becomeText(): void {
    if (this.#mode === TEXT) return;
    if (this.#value >= 0) {
      const digits = (this.#value / this.#scale).toFixed(this.#mode === FRACTION ? 17 : 0);
      this.#textLength = this.#text.write(digits, 'latin1');
    }
    this.#mode = TEXT;
  }

  #keep(byte: number): void {
    if (this.#textLength === MOST_FIELD_BYTES)
      throw refuseTable(
        this.#labels.path,
        `Row ${this.#row}, ${this.#columnText()} has more than ${MOST_FIELD_BYTES} characters.`,
        'Write one number for each pixel; a quote that is not closed makes one field of many.',
      );
    this.#text[this.#textLength++] = byte;
  }

  #endField(): void {
    const target = this.#targets[this.#column];
    if (target === undefined)
      throw raggedRow(this.#labels.path, this.#row, {
        held: `more than ${this.#layout.columns}`,
        wanted: this.#layout.columns,
      });
    if (this.#column === 0) this.#pixels.makeRoom((this.count + 1) * this.#size);
    if (!this.#isHeader && target !== PASSED_OVER) {
      if (target === LABEL) this.#labels.add(this.#fieldText(), this.#row);
      else this.#putPixel(target);
    }
    this.#column++;
    this.#mode = this.#targets[this.#column] === LABEL ? TEXT : DIGITS;
    this.#value = -1;
    this.#scale = 1;
    this.#textLength = 0;
    this.#wasQuoted = false;
  }

  #putPixel(target: number): void {
    const pixels = this.#pixels;
    const at = this.count * this.#size + target;
    const value = this.#value;
    if (this.#mode === DIGITS && value >= 0 && value <= 255 && !pixels.areShares)
      pixels.bytes[at] = value;
    else pixels.put(this.#number(), at, this.#row, this.#column);
  }

  #number(): number {
    if (this.#mode !== TEXT && this.#value >= 0) return this.#value / this.#scale;
    const text = this.#fieldText().trim();
    const value = text === '' ? NaN : Number(text);
    if (Number.isNaN(value))
      throw refuseTable(
        this.#labels.path,
        `Row ${this.#row}, ${this.#columnText()} ${text === '' ? 'is empty' : `is ${shown(text)}, no number`}.`,
        'Write a number for each pixel, from 0 to 255, with a point for the decimals.',
      );
    this.#pixels.hasPoint ||= !/^\+?\d+$/.test(text);
    return value;
  }

  #fieldText(): string {
    if (this.#mode !== TEXT && this.#value >= 0) return String(this.#value / this.#scale);
    const bytes = this.#text.subarray(0, this.#textLength);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw notUtf8(this.#labels.path, `row ${this.#row}`);
    }
  }

  #endRow(): void {
    const isBlank =
      this.#column === 0 && this.#value < 0 && this.#textLength === 0 && !this.#wasQuoted;
    if (isBlank) return;
    this.#endField();
    if (this.#column < this.#layout.columns)
      throw raggedRow(this.#labels.path, this.#row, {
        held: this.#column,
        wanted: this.#layout.columns,
      });
    if (!this.#isHeader) this.count++;
    this.#isHeader = false;
    this.#row++;
    this.#column = 0;
    this.#mode = this.#targets[0] === LABEL ? TEXT : DIGITS;
  }

  #columnText(): string {
    return columnText(this.#column, this.#layout.names[this.#column]);
  }

  #wrongQuotes(): FailureError {
    return refuseTable(
      this.#labels.path,
      `A quote of row ${this.#row} is not closed.`,
      'Put a text that holds quotes in quotes, and write each of its own twice.',
    );
  }
}
