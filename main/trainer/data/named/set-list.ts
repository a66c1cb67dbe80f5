import type { DatasetName } from '../../../../shared/dataset-names.ts';
import {
  balancedNames,
  caseNames,
  clothesNames,
  digitNames,
  hiraganaNames,
  letterNames,
  objectNames,
} from './class-names-of-sets.ts';

/** The named sets as their makers publish them. No fact about a file here is guessed. */

/** A file on its maker's host. */
export interface PublishedFile {
  name: string;
  url: string;
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
}

export interface NamedSet {
  /** A few words for a list. */
  title: string;
  licence: string;
  /** In the order of the labels. */
  classNames: readonly string[];
  files: readonly PublishedFile[];
  /** Where the operating system's package puts the same files; null if there is no package. */
  systemFolder: string | null;
  /** Name of its folder within the folder of all sets. Sets from one archive share a folder. */
  folder: string;
  form:
    | { kind: 'idx' }
    /** One of several datasets in a zip of gzipped IDX files, whose images are transposed; `split` is in its files' names. */
    | { kind: 'emnist'; split: string }
    | { kind: 'cifar-binary' };
}

type Facts = readonly [name: string, bytes: number, sha256: string];

const filesOf = (host: string, ...facts: Facts[]): PublishedFile[] =>
  facts.map(([name, bytes, sha256]) => ({ name, url: `${host}/${name}`, bytes, sha256 }));

/**
 * Its makers name the host (github.com/zalandoresearch/fashion-mnist, README, with MD5 sums); sizes and SHA-256 are those of TensorFlow
 * Datasets (github.com/tensorflow/datasets, tensorflow_datasets/url_checksums/fashion_mnist.txt). Debian has packed the same IDX files
 * anew, so the bytes of its package differ.
 */
const fashionMnist: NamedSet = {
  title: 'Fashion-MNIST: 70,000 pictures of clothes, 28×28, grey, 10 classes',
  licence: 'MIT',
  classNames: clothesNames,
  files: filesOf(
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
    [
      'train-images-idx3-ubyte.gz',
      26_421_880,
      '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    ],
    [
      'train-labels-idx1-ubyte.gz',
      29_515,
      'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    ],
    [
      't10k-images-idx3-ubyte.gz',
      4_422_102,
      '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    ],
    [
      't10k-labels-idx1-ubyte.gz',
      5_148,
      '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    ],
  ),
  systemFolder: '/usr/share/datasets/fashion-mnist',
  folder: 'fashion-mnist',
  form: { kind: 'idx' },
};

/**
 * The host is named by its makers (github.com/rois-codh/kmnist, README), as torchvision has it; sizes and SHA-256 are those of TensorFlow
 * Datasets (tensorflow_datasets/url_checksums/kmnist.txt).
 */
const kmnist: NamedSet = {
  title: 'KMNIST: 70,000 old Japanese characters, 28×28, grey, 10 classes',
  licence: 'CC BY-SA 4.0',
  classNames: hiraganaNames,
  files: filesOf(
    'http://codh.rois.ac.jp/kmnist/dataset/kmnist',
    [
      'train-images-idx3-ubyte.gz',
      18_165_135,
      '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4',
    ],
    [
      'train-labels-idx1-ubyte.gz',
      29_497,
      'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17',
    ],
    [
      't10k-images-idx3-ubyte.gz',
      3_041_136,
      'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5',
    ],
    [
      't10k-labels-idx1-ubyte.gz',
      5_120,
      '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c',
    ],
  ),
  systemFolder: null,
  folder: 'kmnist',
  form: { kind: 'idx' },
};

/**
 * The host is NIST's as torchvision has it (torchvision/datasets/mnist.py); size and SHA-256 are those of TensorFlow Datasets
 * (tensorflow_datasets/url_checksums/emnist.txt), which names an older address of the same file.
 */
const emnist = (split: string, what: string, classNames: readonly string[]): NamedSet => ({
  title: `EMNIST ${what}, 28×28, grey, ${classNames.length} classes`,
  licence: 'public domain (NIST)',
  classNames,
  files: filesOf('https://biometrics.nist.gov/cs_links/EMNIST', [
    'gzip.zip',
    561_753_746,
    'fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e',
  ]),
  systemFolder: null,
  folder: 'emnist',
  form: { kind: 'emnist', split },
});

/** Host, size and SHA-256 are those of TensorFlow Datasets (tensorflow_datasets/url_checksums/cifar10.txt); its maker's page links it. */
const cifar10: NamedSet = {
  title: 'CIFAR-10: 60,000 photographs, 32×32, colour, 10 classes',
  licence: 'none stated; cite Krizhevsky 2009',
  classNames: objectNames,
  files: filesOf('https://www.cs.toronto.edu/~kriz', [
    'cifar-10-binary.tar.gz',
    170_052_171,
    'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  ]),
  systemFolder: null,
  folder: 'cifar-10',
  form: { kind: 'cifar-binary' },
};

/** MNIST is not among them, since it comes with a package. */
export const namedSets: Record<Exclude<DatasetName, 'mnist'>, NamedSet> = {
  'fashion-mnist': fashionMnist,
  kmnist,
  'emnist-balanced': emnist('balanced', 'balanced: 131,600 digits and letters', balancedNames),
  'emnist-byclass': emnist('byclass', 'by class: 814,255 digits and letters', caseNames),
  'emnist-bymerge': emnist('bymerge', 'by merged class: 814,255 digits and letters', balancedNames),
  'emnist-digits': emnist('digits', 'digits: 280,000 digits', digitNames),
  'emnist-letters': emnist('letters', 'letters: 145,600 letters', letterNames),
  'emnist-mnist': emnist('mnist', 'MNIST: 70,000 digits', digitNames),
  'cifar-10': cifar10,
};
