import type { LayerConfig } from './config.ts';
import {
  chooseRepairs,
  type LayerProblem,
  type NetworkEnds,
  type RepairIdea,
} from './layer-report-repairs.ts';
import { impossibleSentence, type NetworkMisfit } from './misfits.ts';
import { findScorer } from './network-shape.ts';
import { scores } from './preset-networks.ts';

/** Describes a network whose layers fit each other but that cannot be trained, with repairs. */
export function describeEnd(
  misfit: NetworkMisfit,
  layers: readonly LayerConfig[],
  ends: NetworkEnds,
): LayerProblem {
  const [changed, added] = [changedScorer(layers, ends.classes), addedScores(layers, ends.classes)];
  const ideas = endsHidden(misfit) ? [...added, ...changed] : [...changed, ...added];
  return {
    what: impossibleSentence(misfit),
    repairs: chooseRepairs(ideas, ends, 'nothing'),
  };
}

/** Whether the last layer looks like a hidden layer rather than like scores. */
const endsHidden = (misfit: NetworkMisfit): boolean =>
  misfit.kind === 'no-scores' &&
  misfit.activation !== 'none' &&
  misfit.output.at(-1) !== misfit.classes;

/** Changes the layer that makes the scores so that it makes one for each class. */
function changedScorer(layers: readonly LayerConfig[], classes: number): RepairIdea[][] {
  const at = layers.length - 1;
  const instead = (told: string, index: number, other: LayerConfig): RepairIdea => ({
    label: () => told,
    layers: layers.with(index, other),
    at,
  });
  const last = findScorer(layers);
  const scorer = layers[last];
  if (!scorer) return [];
  const [ideas, size]: [RepairIdea[], string] = [[], `${classes} scores`];
  if ('activation' in scorer && scorer.activation !== 'none')
    ideas.push(instead('No activation', last, { ...scorer, activation: 'none' }));
  if (scorer.type === 'dense') {
    const plain: LayerConfig = { ...scorer, units: classes, activation: 'none' };
    const also = scorer.activation === 'none' ? '' : ', no activation';
    ideas.push(instead(`${classes} units${also} → ${size}`, last, plain));
  }
  // A global pooling gives a score for each filter before it.
  const filtering = layers.findLastIndex(({ type }) => type === 'convolution');
  const filters = layers[filtering];
  if (filters?.type === 'convolution')
    ideas.push(
      instead(`${classes} filters → ${size}`, filtering, { ...filters, filters: classes }),
    );
  return [ideas];
}

/** Adds layers that make the scores. */
function addedScores(layers: readonly LayerConfig[], classes: number): RepairIdea[][] {
  const added = (told: string, ...more: LayerConfig[]): RepairIdea => ({
    label: () => `Add ${told}`,
    layers: [...layers, ...more],
    at: layers.length + more.length - 1,
  });
  const dense = scores({ classes });
  const flatten: LayerConfig = { type: 'flatten' };
  const means: LayerConfig = { type: 'global-average-pooling' };
  return [
    [added(`a global average pooling → ${classes} scores`, means)],
    [
      added(`a dense layer of ${classes}`, dense),
      added(`a flatten and a dense layer of ${classes}`, flatten, dense),
    ],
    [added(`a global average pooling and a dense layer of ${classes}`, means, dense)],
  ];
}
