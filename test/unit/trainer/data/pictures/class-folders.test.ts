import { describe, expect, it } from 'vitest';
import { listClassFolders } from '../../../../../main/trainer/data/pictures/class-folders.ts';
import type { PictureList } from '../../../../../main/trainer/data/pictures/picture-list.ts';
import type { Tree } from '../../../../../main/trainer/data/tree/tree.ts';

/** A tree of these files, which nobody reads. */
function treeOf(paths: readonly string[], emptyFolders: readonly string[] = []): Tree {
  const folders = new Set(emptyFolders);
  for (const path of paths) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, k) => folders.add(parts.slice(0, k + 1).join('/')));
  }
  return {
    place: '/pictures',
    files: paths.toSorted().map((path) => ({ path, bytes: 1, modified: 0 })),
    folders: [...folders].sort(),
    findings: [],
    read: () => {
      throw new Error('nothing is read');
    },
    stream: () => {
      throw new Error('nothing is read');
    },
    close: () => Promise.resolve(),
  };
}

const rows = ({ classNames, pictures }: PictureList): string[] =>
  pictures.map(({ path, label, part }) => `${part ?? '-'} ${classNames[label] ?? '?'} ${path}`);

describe('pictures are of the class that their folder is called', () => {
  it('in folders alone', () => {
    const list = listClassFolders(treeOf(['cat/1.png', 'cat/2.JPG', 'dog/a b.jpeg', 'dog/3.gif']));
    expect(rows(list)).toEqual([
      '- cat cat/1.png',
      '- cat cat/2.JPG',
      '- dog dog/3.gif',
      '- dog dog/a b.jpeg',
    ]);
    expect(list.findings).toEqual([]);
  });

  it('below train, val and test, below whatever an archive puts them into, and deeper', () => {
    const paths = ['train/cat/1.png', 'train/dog/x/y/2.bmp', 'Valid/cat/3.png', 'test/dog/4.png'];
    const list = listClassFolders(treeOf(paths.map((path) => `pets-1.0/data/${path}`)));
    expect(rows(list)).toEqual([
      'validation cat pets-1.0/data/Valid/cat/3.png',
      'test dog pets-1.0/data/test/dog/4.png',
      'train cat pets-1.0/data/train/cat/1.png',
      'train dog pets-1.0/data/train/dog/x/y/2.bmp',
    ]);
  });

  it('by number where all are numbers, else by their characters', () => {
    const names = (folders: string[]): string[] =>
      listClassFolders(treeOf(folders.map((folder) => `${folder}/1.png`))).classNames;
    expect(names(['10', '9', '2'])).toEqual(['2', '9', '10']);
    expect(names(['b', 'B2', 'a', '10', '9'])).toEqual(['10', '9', 'B2', 'a', 'b']);
  });
});

describe('it is told', () => {
  it.each([
    [
      'pictures in no class’s folder',
      ['0.png', 'a/1.png', 'b/2.png'],
      /^1 file is left out: it is in no class’s folder: 0\.png/,
    ],
    [
      'formats that are not read',
      ['a/1.png', 'b/2.png', 'b/3.webp', 'b/4.heic'],
      /^2 files are left out: they are of formats that are not read here: b\/3\.webp, b\/4\.heic/,
    ],
    [
      'files that are no pictures',
      ['a/1.png', 'b/2.png', 'b/notes.txt'],
      /^1 file is left out: it is not a picture, by its name: b\/notes\.txt/,
    ],
  ])('of %s', (_, paths, what) => {
    const { findings, pictures } = listClassFolders(treeOf(paths));
    expect(findings.map((one) => one.what)).toEqual([expect.stringMatching(what)]);
    expect(pictures).toHaveLength(2);
  });
});

describe('it is refused', () => {
  it.each([
    ['one class', treeOf(['cat/1.png', 'cat/2.png']), /one class only, cat/],
    ['an empty class folder', treeOf(['a/1.png', 'b/2.png'], ['c']), /folder c holds no picture/],
    [
      'a class folder without a picture that can be read',
      treeOf(['train/a/1.png', 'train/b/2.png', 'train/c/3.webp']),
      /folder train\/c holds no picture/,
    ],
    ['names that differ by case', treeOf(['Cat/1.png', 'cat/2.png']), /Cat and cat/],
    [
      'a class that is tested and not trained on',
      treeOf(['train/a/1.png', 'train/b/2.png', 'test/c/3.png']),
      /pictures of c, but none to train on/,
    ],
    [
      'too many classes',
      treeOf(Array.from({ length: 1_001 }, (_, k) => `${k}/1.png`)),
      /1001 classes; the most are 1000/,
    ],
  ])('where there is %s', (_, tree, what) => {
    expect(() => listClassFolders(tree)).toThrow(what);
  });
});
