import type { Images } from './appearance.ts';
import type { LayerConfig } from './config.ts';

/** The network that Learn is told on. It begins with a convolution, and takes images of one channel. */
export interface LearnNetwork {
  /** False: it is the small one that the app ships with. */
  isOwn: boolean;
  layers: readonly LayerConfig[];
  images: Images;
}
