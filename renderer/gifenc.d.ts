/** What is used of gifenc, which comes without types. */
declare module 'gifenc' {
  type Palette = readonly (readonly [red: number, green: number, blue: number])[];
  interface FrameOptions {
    /** Of the first frame it holds for all that have none. */
    palette?: Palette;
    /** Milliseconds, in steps of ten. */
    delay: number;
  }
  interface Encoder {
    /** @param index of each pixel's colour in the palette, row by row */
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export function GIFEncoder(): Encoder;
  /** @param rgba bytes, row by row */
  export function quantize(rgba: Uint8ClampedArray, most: number): [number, number, number][];
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
}
