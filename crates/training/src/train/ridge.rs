//! Ridge regression: least squares that hold coefficients back.

/// The sums that a regression needs of its rows, in memory that does not grow with them.
#[derive(Debug, Clone)]
pub(super) struct Ridge {
    /// The lower triangle of X'X, a row after the other.
    products: Vec<f64>,
    targets: Vec<f64>,
}

impl Ridge {
    /// For so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { products: vec![0.0; columns * (columns + 1) / 2], targets: vec![0.0; columns] }
    }

    /// Adds a row and what it should give.
    pub(super) fn add(&mut self, row: &[f64], target: f64, weight: f64) {
        let mut place = 0;
        for (number, value) in row.iter().enumerate() {
            let weighted = value * weight;
            let products = &mut self.products[place..=place + number];
            // Most columns of a row are 0: those of other categories and of bends not reached.
            if weighted != 0.0 {
                for (product, other) in products.iter_mut().zip(row) {
                    *product += weighted * other;
                }
                self.targets[number] += weighted * target;
            }
            place += number + 1;
        }
    }

    /// Holds one coefficient back with this strength.
    pub(super) fn hold(&mut self, column: usize, strength: f64) {
        self.products[index(column, column)] += strength;
    }

    /// Holds the difference of two coefficients, `one` before `other`, back.
    pub(super) fn tie(&mut self, one: usize, other: usize, strength: f64) {
        self.hold(one, strength);
        self.hold(other, strength);
        self.products[index(other, one)] -= strength;
    }

    /// The coefficients, by a Cholesky decomposition. A column that nothing speaks of gets 0.
    pub(super) fn solve(mut self) -> Vec<f64> {
        let count = self.targets.len();
        for row in 0..count {
            for column in 0..=row {
                let (start, other) = (index(row, 0), index(column, 0));
                let sum: f64 =
                    (0..column).map(|k| self.products[start + k] * self.products[other + k]).sum();
                let rest = self.products[start + column] - sum;
                self.products[start + column] = if column < row {
                    rest / self.products[other + column]
                } else {
                    // Nothing is left of a column that others make up.
                    if rest > 1e-9 { rest.sqrt() } else { f64::INFINITY }
                };
            }
        }
        let mut solution = self.targets;
        for row in 0..count {
            let start = index(row, 0);
            let sum: f64 = (0..row).map(|k| self.products[start + k] * solution[k]).sum();
            solution[row] = (solution[row] - sum) / self.products[start + row];
        }
        for row in (0..count).rev() {
            let below = row + 1..count;
            let sum: f64 = below.map(|k| self.products[index(k, row)] * solution[k]).sum();
            solution[row] = (solution[row] - sum) / self.products[index(row, row)];
        }
        solution
    }
}

fn index(row: usize, column: usize) -> usize {
    row * (row + 1) / 2 + column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ridge_recovers_line_and_shrinks_with_penalty() {
        let fit = |strength| {
            let mut ridge = Ridge::new(3);
            for x in 0..10 {
                let x = f64::from(x);
                ridge.add(&[1.0, x, 0.0], 3.0 + 2.0 * x, 1.0);
            }
            ridge.hold(1, strength);
            ridge.solve()
        };
        let free = fit(0.0);
        assert!((free[0] - 3.0).abs() < 1e-9 && (free[1] - 2.0).abs() < 1e-9);
        assert!(free[2].abs() < 1e-9);
        assert!(fit(100.0)[1] < 1.5);
    }
}
