import { tensorFlow } from './tensorflow.ts';

/**
 * Encodes a picture as a PNG file.
 * @param pixels [height, width, channels] bytes, row by row
 */
export async function encodePng(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: number,
): Promise<Uint8Array> {
  const { node, tensor3d } = tensorFlow();
  const picture = tensor3d(pixels, [height, width, channels], 'int32');
  try {
    return await node.encodePng(picture);
  } finally {
    picture.dispose();
  }
}
