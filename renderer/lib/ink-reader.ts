import type { Drawing } from '../../shared/digit.ts';
import { drawStroke, PAD, type Stroke } from './strokes.ts';

/** Strokes as ink, drawn unseen: so that neither the screen's sharpness nor its colours change what the network reads. */
export class InkReader {
  readonly #pen: CanvasRenderingContext2D;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = PAD;
    canvas.height = PAD;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (pen === null) throw new Error('This system cannot draw in two dimensions.');
    this.#pen = pen;
  }

  read(strokes: readonly Stroke[]): Drawing {
    this.#pen.clearRect(0, 0, PAD, PAD);
    for (const stroke of strokes) drawStroke(this.#pen, stroke);
    const { data } = this.#pen.getImageData(0, 0, PAD, PAD);
    // How much of a pixel is covered is its opacity.
    const ink = new Uint8Array(PAD * PAD);
    for (let index = 0; index < ink.length; index++) ink[index] = data[index * 4 + 3] ?? 0;
    return { width: PAD, height: PAD, ink };
  }
}
