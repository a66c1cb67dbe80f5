import type { Precision } from '../../shared/config.ts';
import { lacksBfloat16 } from '../../main/trainer/tensorflow/layout-support.ts';

/**
 * In which precisions many steps can be trained here, the fastest first. A processor without instructions for bfloat16 takes several times
 * as long in it, and the app never takes it there by itself; its gradients and whole steps are tested there all the same (graph/ and
 * training/diagnostics).
 */
export const fastPrecisions: readonly [Precision, ...Precision[]] = (await lacksBfloat16())
  ? ['float32']
  : ['bfloat16', 'float32'];
