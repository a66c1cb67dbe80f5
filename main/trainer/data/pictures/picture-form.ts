import type { RunConfig } from '../../../../shared/config.ts';

type Fit = RunConfig['data']['fit'];

/** The size, channels and fit that every picture file is brought to. */
export interface PictureForm {
  height: number;
  width: number;
  channels: 1 | 3;
  /** What happens to a picture of another shape. */
  fit: Fit;
  /** Red, green and blue, 0 to 255, behind transparent pixels and around a picture that does not fill the form. */
  background: readonly [red: number, green: number, blue: number];
}

/**
 * Makes an example's bytes, [height, width, channels], of a picture file. `tensorflow/` passes this function to `data/`, since it calls
 * TensorFlow's decoders.
 * @throws Error that says what is wrong with the file, as the rest of a sentence that begins with "it"
 */
export type DecodePicture = (file: Buffer, form: PictureForm) => Uint8Array;
