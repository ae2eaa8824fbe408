//! The texts of the causes of an error.

use std::{error::Error, iter::successors};

fn sources<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(error.source(), |cause| (*cause).source())
}

/// The cause chain, the nearest first; empty without a cause.
pub fn causes(error: &(dyn Error + 'static)) -> String {
    sources(error).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// The error and its cause chain. Causes that the text before them repeats are left out.
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    sources(error).map(ToString::to_string).fold(error.to_string(), |text, cause| {
        if text.ends_with(&cause) { text } else { format!("{text}: {cause}") }
    })
}

/// The last of the cause chain, or the error if it has no cause: errors of `tokio_postgres` have
/// generic texts such as "db error".
pub fn root_cause(error: &(dyn Error + 'static)) -> String {
    sources(error).last().unwrap_or(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Failure {
        text: &'static str,
        source: Option<Box<Failure>>,
    }

    fn failure(texts: &[&'static str]) -> Failure {
        let (text, rest) = texts.split_first().unwrap();
        let source = (!rest.is_empty()).then(|| Box::new(failure(rest)));
        Failure { text, source }
    }

    #[test]
    fn causes_are_joined_from_the_nearest_to_the_root() {
        let error = failure(&["top", "middle", "root"]);
        assert_eq!(causes(&error), "middle: root");
        assert_eq!(with_causes(&error), "top: middle: root");
        assert_eq!(root_cause(&error), "root");
    }

    #[test]
    fn error_without_a_cause_is_its_own_root() {
        let error = failure(&["top"]);
        assert_eq!((causes(&error), with_causes(&error)), (String::new(), "top".to_owned()));
        assert_eq!(root_cause(&error), "top");
    }

    #[test]
    fn repeated_cause_is_left_out() {
        assert_eq!(with_causes(&failure(&["top: root", "root"])), "top: root");
    }
}
