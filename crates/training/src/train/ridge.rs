//! Ridge regression: least squares with penalties on the coefficients.

use nalgebra::{DMatrix, DVector};

/// The normal equations of a regression; their size does not depend on the number of rows.
#[derive(Debug, Clone)]
pub(super) struct Ridge {
    /// X'WX and the penalties; only the lower triangle is filled.
    products: DMatrix<f64>,
    /// X'Wy.
    targets: DVector<f64>,
}

impl Ridge {
    pub(super) fn new(columns: usize) -> Self {
        Self { products: DMatrix::zeros(columns, columns), targets: DVector::zeros(columns) }
    }

    /// Adds a row, its target value and its weight.
    pub(super) fn add(&mut self, row: &[f64], target: f64, weight: f64) {
        for (column, value) in row.iter().enumerate() {
            // Most columns of a row are 0: other categories, and inactive hinges.
            if *value != 0.0 {
                let mut products = self.products.column_mut(column);
                for (product, other) in products.iter_mut().zip(row).skip(column) {
                    *product += value * weight * other;
                }
                self.targets[column] += value * weight * target;
            }
        }
    }

    /// Adds the rows of `other`.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.products += &other.products;
        self.targets += &other.targets;
    }

    /// The equations without the rows of `other`, which are a part of these.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self { products: &self.products - &other.products, targets: &self.targets - &other.targets }
    }

    /// Penalizes the square of one coefficient.
    pub(super) fn penalize(&mut self, column: usize, penalty: f64) {
        self.products[(column, column)] += penalty;
    }

    /// Penalizes the squared difference of two coefficients, `one` before `other`.
    pub(super) fn penalize_difference(&mut self, one: usize, other: usize, penalty: f64) {
        self.penalize(one, penalty);
        self.penalize(other, penalty);
        self.products[(other, one)] -= penalty;
    }

    /// The coefficients. If columns are linearly dependent, the solution has minimum norm: a column
    /// of zeros gets 0.
    pub(super) fn solve(self) -> Vec<f64> {
        let count = f64::from(u32::try_from(self.targets.len()).unwrap_or(u32::MAX));
        let eigen = self.products.symmetric_eigen();
        let tolerance = eigen.eigenvalues.amax() * count * f64::EPSILON;
        let projected = eigen.eigenvectors.tr_mul(&self.targets);
        let scaled = projected.zip_map(&eigen.eigenvalues, |value, eigenvalue| {
            if eigenvalue > tolerance { value / eigenvalue } else { 0.0 }
        });
        (eigen.eigenvectors * scaled).iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ridge_recovers_line_and_shrinks_with_penalty() {
        let fit = |penalty| {
            let mut ridge = Ridge::new(3);
            for x in 0..10 {
                let x = f64::from(x);
                ridge.add(&[1.0, x, 0.0], 3.0 + 2.0 * x, 1.0);
            }
            ridge.penalize(1, penalty);
            ridge.solve()
        };
        let free = fit(0.0);
        assert!((free[0] - 3.0).abs() < 1e-9 && (free[1] - 2.0).abs() < 1e-9);
        assert!(free[2].abs() < 1e-9);
        assert!(fit(100.0)[1] < 1.5);
    }
}
