import type { Precision } from '../../shared/config.ts';
import { WIDEST, type Layout } from '../../main/trainer/graph/layout.ts';
import { widestLayout } from '../../main/trainer/tensorflow/layout-support.ts';

/** In which precisions images may lie side by side here: in bfloat16 TensorFlow has what that needs only on processors with AVX-512. */
export const allowsSideBySide: Record<Precision, boolean> = {
  float32: (await widestLayout('float32')).sideBySide > 1,
  bfloat16: (await widestLayout('bfloat16')).sideBySide > 1,
};

/** The widest layout that is possible here, whether or not it pays. */
export const widestPossible = (precision: Precision): Layout =>
  allowsSideBySide[precision] ? WIDEST : { ...WIDEST, sideBySide: 1 };
