/** What is measured and what was made smaller, for a reader who does not know the paper. */
export const method = `What are synthetic recordings worth to a classifier of rhythms: beside real ones, in place of them, or before them? Núñez, Arjona
& Béjar (arXiv 2411.18456, 2024) asked it of DiffWave, Time-Diffusion and Time-VQVAE on PTB-XL and Chapman. This is their question,
asked again at a small scale, with ten seconds of lead II at 100 Hz.

- **Augmentation**: a classifier learns from all real training signals and a growing share of synthetic ones.
- **Transfer**: it learns from synthetic signals first, and then from a growing share of the real ones, with its convolutions kept
  as they are or all of it trained on.
- **Replacement**: it learns from the one kind and is tested on the other; and it is asked to tell the two apart.

The paper adds as many synthetic signals of each class, so that what it gains may come from new signals or from equal class counts.
Two controls that it lacks tell these apart. In *real, repeated* the same numbers of real signals stand in the place of the
synthetic ones; in *real, weighted* no signal is added, and the loss counts each as if it were repeated so often. What a generator
has to beat is not real signals alone, but these. What is learned first in transfer is as balanced: there *real, levelled by repeating*
and *real, levelled by weights* take the same share of the real signals, each class brought up to its largest.

Generators learn from the training side alone, and no patient stands on two sides. Real signals validate, and the weights of the best
validation are tested.

## What is reduced

- **Classes.** Of the paper's seven rhythms the shared 400 records of PTB-XL hold enough of one or two. The classes here are those labels
  that both sources have and that at least eight of these records bear alone: NORM, AFIB and PVC. NORM is a diagnostic statement, not a
  rhythm. At most 40 recordings of a class take part. A few of AFIB and PVC are then tested in PTB-XL: what one recording does
  moves these numbers by tenths, as the intervals tell.
- **Sources.** The stand-in is simulated; its real signals are "real" only in that no generator has made them. In place of Chapman, it is
  merged with PTB-XL for augmentation. Merging asks whether a generator trained on more signals helps; here these come from another
  world than the tested ones. What was trained on both is also told apart by whose signals are tested. Synthetic signals of the one
  beside real ones of the other, which the paper tries, too, are left to the full form.
- **Generators.** The smallest size of each, trained for 100 to 300 iterations on one processor; the authors' files train Time-VQVAE
  for 500,000 and then 1,000,000. How easily their signals are told from real ones is in the rows *Real or synthetic?* below. Nothing
  here tells what well-trained ones are worth.
- **Classifier.** The paper's dilated network with 8 filters of 3 samples, 32 hidden numbers in one layer, at most 14 epochs, patience 4;
  three runs instead of 20 to 25. Three runs tell little of the luck of a training. Epochs are bounded, so that more
  signals mean more steps: what *real, repeated* gains over real signals alone is in part longer training.
  These settings were chosen for their cost, after two larger ones had been tried and some of their test scores seen.
- **Counts.** 16 synthetic training signals of each class and generator instead of 2,400; two shares for augmentation, three for transfer,
  instead of five; generators together in augmentation only.

The full form is [\`augmentation.experiment.json\`](augmentation.experiment.json), which \`npm run ecg -- transfer\` computes, on many
machines if need be.

Numbers are mean ± SD over the runs. Intervals in brackets are Student's over the runs where they stand behind a mean, and those of
other patients and other runs where they stand behind a difference. p-values are adjusted by Holm over each table. A verdict needs both.
Where it says *undecided* the experiment cannot tell, which is not the same as no difference. None of this is evidence for
clinical use.`;

/** Where the authors and their program went another way. */
export const otherwise = `## What the authors did otherwise

- Their validation of augmented classifiers holds synthetic signals, so that stopping is decided by these in part. Here real ones
  alone validate where the test is of real ones and real ones are trained on.
- Their program tests the weights of the last epoch, not those of the best; never hands the tuned dropout to the network; standardises
  validation and test signals by the wrong numbers in fine-tuning; and always loads DiffWave's signals for the merged set. Here none of this
  is so.
- Their two-sample test divides an accuracy by 100. Here it is the accuracy, of which luck gives a half.
- They use twelve leads, and DiffWave with state-space layers. Here it is one lead and dilated convolutions.
- The paper's tables could not be obtained: its abstract says that augmentation of one data set gains next to nothing, that of
  merged sets gains in all measures, and that classifiers that learned from synthetic signals first stay below those of real signals
  alone, Time-VQVAE's coming closest.`;
