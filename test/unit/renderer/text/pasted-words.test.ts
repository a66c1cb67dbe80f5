import { describe, expect, it } from 'vitest';
import { partsText, pastedNotes } from '../../../../renderer/text/pasted-words.ts';
import { readPasted } from '../../../../shared/import-network/read-pasted.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { setupString } from '../../../../shared/setup-string.ts';
import { withValueAt } from '../../../../shared/setting-paths.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { kerasText } from '../../../support/keras-models.ts';

const digits = { height: 28, width: 28, channels: 1, classes: 10 };
const notesOf = (text: string, image: typeof digits | null = digits): string =>
  pastedNotes(readPasted(text), image).join(' ');

describe('what is told of a pasted text', () => {
  it('names the images that a network was made for, where they are others', () => {
    const made = 'It was made for images of 32×32×3; yours are 28×28×1.';
    expect(notesOf(kerasText('3', 'vgg.json'))).toContain(made);
    expect(notesOf(kerasText('3', 'lenet.json'))).not.toContain('made for');
    expect(notesOf(kerasText('3', 'vgg.json'), null)).not.toContain('made for');
  });

  it('has what was assumed of a summary', () => {
    expect(notesOf(kerasText('3', 'lenet.summary'))).toContain('taken for ReLU');
  });

  it('has a set-up’s seed, data and what it hides', () => {
    const notes = notesOf(setupString(seedRun(), ['saving', 'network']));
    expect(notes).toBe(
      'Its seed is 1. It learns from mnist. It hides Network, Saving and stopping; you can show them again.',
    );
  });

  it('says that data are not in it', () => {
    const config = withValueAt(seedRun(), 'data.dataset', '/photos') as RunConfig;
    expect(notesOf(JSON.stringify(config))).toContain('Its data are not in it: yours are kept.');
  });
});

describe('partsText', () => {
  it('is in the order of Set up, whatever the order it is given', () => {
    expect(partsText(['saving', 'data'])).toBe('Data, Saving and stopping');
    expect(partsText([])).toBe('');
  });
});
