//! Gradient-boosted regression trees.

use crate::error::{Invalid, finite};
use serde::{Deserialize, Serialize};

/// A sum of regression trees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trees {
    /// The prediction without trees.
    pub base: f64,
    /// The trees, whose predictions are added up.
    pub trees: Vec<Tree>,
}

/// A binary tree with its nodes in preorder: the left child of a split is the next node.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The index of the feature of a split; `None` for a leaf.
    pub features: Vec<Option<u8>>,
    /// The largest value of the left child of a split; the prediction of a leaf.
    pub values: Vec<f32>,
    /// The index of the right child of a split; 0 for a leaf.
    pub rights: Vec<u16>,
    /// The share of the training rows of a split that went left; 0 for a leaf.
    pub shares: Vec<f32>,
}

impl Trees {
    /// The prediction. A split on a missing value (NaN) returns the mean of both children, weighted
    /// by their training rows (Friedman's partial dependence).
    pub fn predict(&self, features: &[f64]) -> f64 {
        self.base + self.trees.iter().map(|tree| tree.predict(features, 0)).sum::<f64>()
    }

    pub(crate) fn check(&self, features: usize) -> Result<(), Invalid> {
        finite(&[self.base])?;
        self.trees.iter().try_for_each(|tree| tree.check(features))
    }
}

impl Tree {
    fn predict(&self, row: &[f64], node: usize) -> f64 {
        let mut node = node;
        loop {
            let value = f64::from(self.values[node]);
            let Some(feature) = self.features[node] else {
                return value;
            };
            let (left, right) = (node + 1, usize::from(self.rights[node]));
            let feature_value = row[usize::from(feature)];
            if feature_value.is_nan() {
                let share = f64::from(self.shares[node]);
                return share * self.predict(row, left) + (1.0 - share) * self.predict(row, right);
            }
            node = if feature_value <= value { left } else { right };
        }
    }

    fn check(&self, features: usize) -> Result<(), Invalid> {
        let count = self.features.len();
        let lengths = [self.values.len(), self.rights.len(), self.shares.len()];
        if count == 0 || lengths != [count; 3] {
            return Err(Invalid("the numbers of features, values and children of a tree differ"));
        }
        for (node, feature) in self.features.iter().enumerate() {
            let right = usize::from(self.rights[node]);
            // Children come after their parent, so that every path ends.
            let is_split =
                |feature: u8| usize::from(feature) < features && node + 1 < right && right < count;
            if !feature.is_none_or(is_split) || !(0.0..=1.0).contains(&self.shares[node]) {
                return Err(Invalid("a split of a tree is invalid"));
            }
            if !self.values[node].is_finite() {
                return Err(Invalid("a number is not finite"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trees() -> Trees {
        let tree = Tree {
            features: vec![Some(0), None, Some(1), None, None],
            values: vec![1.5, -1.0, 0.0, 2.0, 4.0],
            rights: vec![2, 0, 4, 0, 0],
            shares: vec![0.5, 0.0, 0.25, 0.0, 0.0],
        };
        Trees { base: 10.0, trees: vec![tree] }
    }

    #[test]
    fn trees_follow_splits_and_average_missing_values() {
        let predict = |row: [f64; 2]| trees().predict(&row);
        assert!((predict([1.5, 0.0]) - 9.0).abs() < 1e-9);
        assert!((predict([2.0, 0.0]) - 12.0).abs() < 1e-9);
        assert!((predict([2.0, 0.1]) - 14.0).abs() < 1e-9);
        assert!((predict([2.0, f64::NAN]) - 13.5).abs() < 1e-9);
        assert!((predict([f64::NAN, 0.0]) - 10.5).abs() < 1e-9);
    }

    #[test]
    fn invalid_trees_are_rejected() {
        assert!(trees().check(2).is_ok());
        assert!(trees().check(1).is_err());
        let mut cyclic = trees();
        cyclic.trees[0].rights[2] = 0;
        assert!(cyclic.check(2).is_err());
        let mut short = trees();
        short.trees[0].shares.pop();
        assert!(short.check(2).is_err());
    }
}
