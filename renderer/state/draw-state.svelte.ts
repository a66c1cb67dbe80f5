import { Insides } from './insides.svelte.ts';
import { OwnDrawings } from './own-drawings.svelte.ts';
import { PadBeside } from './pad-beside.svelte.ts';
import { PadPictures } from './pad-pictures.svelte.ts';
import { SecondNetwork } from './second-network.svelte.ts';
import { TemperatureFit } from './temperature-fit.svelte.ts';

/** Parts of the window's state. */
type Parts = ConstructorParameters<typeof SecondNetwork>[0] &
  ConstructorParameters<typeof Insides>[0] &
  ConstructorParameters<typeof PadPictures>[1] &
  ConstructorParameters<typeof OwnDrawings>[1] & {
    readonly notices: ConstructorParameters<typeof PadBeside>[1];
    readonly recognition: ConstructorParameters<typeof PadBeside>[2];
    readonly training: ConstructorParameters<typeof PadBeside>[3];
  };

/** What place Draw shows of a drawing, besides what is read in it. */
export class DrawState {
  /** The same, seen by another checkpoint. */
  readonly second: SecondNetwork;
  /** How single units come by their values, and the like. */
  readonly insides: Insides;
  /** What would be read without a step of the way, and in each of several symbols. */
  readonly beside: PadBeside;
  /** Pictures in place of a drawing. */
  readonly pictures: PadPictures;
  /** Those that the person keeps. */
  readonly own: OwnDrawings;
  /** How sure the network really is: by the newest checkpoint, and kept while the network is one of the same layers. */
  readonly temperature: TemperatureFit;

  constructor(parts: Parts) {
    const { api, notices, recognition, training } = parts;
    this.second = new SecondNetwork(parts);
    this.insides = new Insides(parts);
    this.pictures = new PadPictures(api, parts);
    this.beside = new PadBeside(api, notices, recognition, training);
    this.own = new OwnDrawings(api, parts);
    this.temperature = new TemperatureFit(api, () => {
      const { path, checkpointName: checkpoint } = parts.folder;
      if (checkpoint === null) return null;
      return {
        asked: { checkpoint, dataset: null, part: 'validation' },
        scope: JSON.stringify([path, training.network]),
      };
    });
  }
}
