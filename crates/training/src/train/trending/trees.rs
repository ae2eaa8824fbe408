//! Gradient boosting of regression trees, with histograms and leaf-wise growth as in `LightGBM` (Ke et
//! al., 2017). The crates for this are a C++ build (`lightgbm3`), or have no sampling of features; the
//! trees themselves must be evaluated without them.

use crate::statistics::to_f64;
use forecast::{Tree, Trees};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng, seq::SliceRandom};

/// The number of trees.
const TREES: usize = 300;
/// The maximum number of leaves of a tree.
const MAX_LEAVES: usize = 15;
/// The minimum number of rows of a leaf.
const MIN_ROWS: usize = 20;
/// The share of its residual that a tree corrects.
const LEARNING_RATE: f64 = 0.05;
/// The share of the features of a tree, and of its rows.
const FEATURE_SHARE: f64 = 0.5;
const ROW_SHARE: f64 = 0.7;
/// The ridge penalty of a leaf, in rows.
const PENALTY: f64 = 1.0;
/// The maximum number of bins of a feature.
const MAX_BINS: usize = 255;
/// Numbers in the trees are rounded to this unit.
const UNIT: f64 = 1e-4;
const SEED: u64 = 20_261_127;

/// Fits trees to rows of equal length without missing values. The result is deterministic.
pub(super) fn boost<const N: usize>(rows: &[[f64; N]], targets: &[f64]) -> Trees {
    let base = round(targets.iter().sum::<f64>() / to_f64(targets.len()).max(1.0));
    let features: Vec<Feature> = (0..N)
        .map(|index| Feature::new(&rows.iter().map(|row| row[index]).collect::<Vec<f64>>()))
        .collect();
    let mut residuals: Vec<f64> = targets.iter().map(|target| target - base).collect();
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut trees = Vec::with_capacity(TREES);
    let mut order: Vec<usize> = (0..N).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    let feature_count = (to_f64(N) * FEATURE_SHARE).ceil() as usize;
    for _ in 0..TREES {
        order.shuffle(&mut random);
        let sampled = (0..rows.len()).filter(|_| random.random::<f64>() < ROW_SHARE).collect();
        let mut grower =
            Grower { features: &features, used: &order[..feature_count], residuals: &residuals };
        let tree = grower.grow(sampled);
        let one = Trees { base: 0.0, trees: vec![tree] };
        for (residual, row) in residuals.iter_mut().zip(rows) {
            *residual -= one.predict(row);
        }
        trees.extend(one.trees);
    }
    Trees { base, trees }
}

/// The bins of a feature.
struct Feature {
    /// The largest value of each bin but the last.
    thresholds: Vec<f64>,
    /// The bin of each row.
    bins: Vec<u8>,
}

impl Feature {
    fn new(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let source = if distinct.len() <= MAX_BINS { distinct } else { sorted };
        let bins = source.len().min(MAX_BINS);
        let between = |bin: usize| {
            let at = bin * source.len() / bins;
            round(f64::midpoint(source[at - 1], source[at]))
        };
        let mut thresholds: Vec<f64> = (1..bins).map(between).collect();
        thresholds.dedup();
        let bin = |value: &f64| thresholds.partition_point(|threshold| threshold < value);
        let bins = values.iter().map(|value| u8::try_from(bin(value)).unwrap_or(u8::MAX)).collect();
        Self { thresholds, bins }
    }
}

struct Grower<'a> {
    features: &'a [Feature],
    used: &'a [usize],
    residuals: &'a [f64],
}

/// A leaf, with the split that reduces the loss most.
struct Leaf {
    rows: Vec<usize>,
    value: f64,
    split: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    feature: usize,
    bin: usize,
    gain: f64,
    values: (f64, f64),
}

/// A node of the growing tree.
enum Node {
    Leaf(Leaf),
    Split { split: Split, share: f64, children: (usize, usize) },
}

impl Grower<'_> {
    /// Splits the leaf with the largest gain until there are enough leaves.
    fn grow(&mut self, rows: Vec<usize>) -> Tree {
        let mut nodes = vec![Node::Leaf(self.leaf(rows, 0.0))];
        for _ in 1..MAX_LEAVES {
            let gain = |node: &Node| match node {
                Node::Leaf(Leaf { split: Some(split), .. }) => split.gain,
                _ => 0.0,
            };
            let best = (0..nodes.len()).max_by(|one, other| {
                gain(&nodes[*one]).total_cmp(&gain(&nodes[*other])).then(other.cmp(one))
            });
            let Some(Node::Leaf(Leaf { rows, split: Some(split), .. })) =
                best.map(|best| &nodes[best])
            else {
                break;
            };
            let (split, best) = (*split, best.unwrap_or_default());
            let bins = &self.features[split.feature].bins;
            let (left, right): (Vec<usize>, Vec<usize>) =
                rows.iter().partition(|row| usize::from(bins[**row]) <= split.bin);
            let share = to_f64(left.len()) / to_f64(rows.len());
            let children = (nodes.len(), nodes.len() + 1);
            nodes.push(Node::Leaf(self.leaf(left, split.values.0)));
            nodes.push(Node::Leaf(self.leaf(right, split.values.1)));
            nodes[best] = Node::Split { split, share, children };
        }
        let mut tree = Tree::default();
        self.append(&mut tree, &nodes, 0);
        tree
    }

    fn leaf(&self, rows: Vec<usize>, value: f64) -> Leaf {
        let split = self
            .used
            .iter()
            .filter_map(|feature| self.best_split(*feature, &rows))
            .reduce(|best, split| if split.gain > best.gain { split } else { best });
        Leaf { rows, value, split }
    }

    /// The split of a feature with the largest reduction of the squared error.
    fn best_split(&self, feature: usize, rows: &[usize]) -> Option<Split> {
        let Feature { thresholds, bins } = &self.features[feature];
        let mut histogram = vec![(0.0, 0_usize); thresholds.len() + 1];
        for row in rows {
            let (sum, number) = &mut histogram[usize::from(bins[*row])];
            *sum += self.residuals[*row];
            *number += 1;
        }
        let total: f64 = histogram.iter().map(|(sum, _)| sum).sum();
        let value = |sum: f64, number: usize| sum / (to_f64(number) + PENALTY);
        let reduction = |sum: f64, number: usize, value: f64| {
            2.0 * sum * value - (to_f64(number) + PENALTY) * value * value
        };
        let parent = reduction(total, rows.len(), value(total, rows.len()));
        let (mut left, mut number) = (0.0, 0);
        let mut best: Option<Split> = None;
        for (bin, (sum, size)) in histogram.iter().enumerate().take(thresholds.len()) {
            left += sum;
            number += size;
            let (right, others) = (total - left, rows.len() - number);
            if number < MIN_ROWS || others < MIN_ROWS {
                continue;
            }
            let values = (value(left, number), value(right, others));
            let gain =
                reduction(left, number, values.0) + reduction(right, others, values.1) - parent;
            if gain > best.map_or(1e-9, |best| best.gain) {
                best = Some(Split { feature, bin, gain, values });
            }
        }
        best
    }

    fn append(&self, tree: &mut Tree, nodes: &[Node], node: usize) {
        let place = tree.features.len();
        let (feature, value, share) = match &nodes[node] {
            Node::Leaf(leaf) => (None, round(leaf.value * LEARNING_RATE), 0.0),
            Node::Split { split, share, .. } => {
                let threshold = self.features[split.feature].thresholds[split.bin];
                (u8::try_from(split.feature).ok(), threshold, *share)
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "rounded to a few digits")]
        let single = |number: f64| round(number) as f32;
        tree.features.push(feature);
        tree.values.push(single(value));
        tree.shares.push(single(share));
        tree.rights.push(0);
        if let Node::Split { children, .. } = &nodes[node] {
            self.append(tree, nodes, children.0);
            tree.rights[place] = u16::try_from(tree.features.len()).unwrap_or_default();
            self.append(tree, nodes, children.1);
        }
    }
}

fn round(number: f64) -> f64 {
    (number / UNIT).round() * UNIT
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A target that rises with the first feature, and falls at 0.5.
    fn data() -> (Vec<[f64; 2]>, Vec<f64>) {
        let rows: Vec<[f64; 2]> = (0..2_000)
            .map(|index| [f64::from(index % 100) / 100.0, f64::from(index / 1_000)])
            .collect();
        (rows.clone(), rows.iter().map(target).collect())
    }

    fn target(row: &[f64; 2]) -> f64 {
        row[0] + 3.0 * row[1] - if row[0] < 0.5 { 0.0 } else { 1.0 }
    }

    #[test]
    fn boosted_trees_fit_target_that_rises_and_falls() {
        let (rows, targets) = data();
        let trees = boost(&rows, &targets);
        for row in [[0.1, 0.0], [0.4, 1.0], [0.6, 0.0], [0.9, 1.0]] {
            assert!((trees.predict(&row) - target(&row)).abs() < 0.2, "{row:?}");
        }
    }

    #[test]
    fn boost_is_deterministic() {
        let (rows, targets) = data();
        assert_eq!(boost(&rows, &targets), boost(&rows, &targets));
    }
}
