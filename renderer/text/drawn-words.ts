import { drawPrompt, imageWords } from './class-words.ts';
import { LEAST_DRAWN_SIDE, type DrawnForm } from '../../shared/drawn-image.ts';

/** What is said of drawings by the images that a network takes. */

const isColour = ({ channels }: DrawnForm): boolean => channels > 1;

/** Height, width and channels, where there are several: 28×28, 32×32×3. */
export const sizeWords = (form: DrawnForm): string =>
  [form.height, form.width, ...(isColour(form) ? [form.channels] : [])].join('×');

/** Why no drawing can be read, in a few words; null: they can. */
export const drawingObstacle = (form: DrawnForm): string | null =>
  Math.min(form.height, form.width) >= LEAST_DRAWN_SIDE
    ? null
    : `It reads images of ${sizeWords(form)} pixels, too few for a drawing`;

/** What the large pad asks for while it is empty: of a network of colour pictures, pictures rather than strokes. */
export function padPrompt(
  classNames: readonly string[],
  form: DrawnForm,
  hasNetwork: boolean,
): string {
  // What size a picture is fitted to, the network tells.
  if (!hasNetwork) return drawPrompt(classNames);
  return isColour(form)
    ? 'This network reads colour pictures: drop or paste a picture file here, or take one of the data above'
    : `${drawPrompt(classNames)}, or drop a picture here`;
}

/** What is to be done before there is anything to see of what the layers answer. */
export const layersPrompt = (classNames: readonly string[], form: DrawnForm): string =>
  `${isColour(form) ? 'Take a colour picture' : `Draw ${imageWords(classNames).anyOne} on the pad`}: what each layer answers to it, and where the network looked, shows here.`;

/** What must be known of a drawing's answer; null: nothing. */
export const drawingCaveat = (form: DrawnForm): string | null =>
  isColour(form)
    ? `The pad draws ${form.appearance.inverted ? 'black on white' : 'white on black'}; this network was trained on colour pictures.`
    : null;
