//! Reading a new password.

use super::UserError;
use secrecy::{ExposeSecret, SecretString};
use std::io::{BufRead, IsTerminal, stdin};

/// The maximum length of the input: longer than any valid password, so that longer input is
/// rejected, not truncated.
const MAX_LINE_BYTES: u64 = 8192;

/// Prompts twice on a terminal, without echo; otherwise reads one line of standard input.
pub fn from_terminal_or_stdin() -> Result<SecretString, UserError> {
    if !stdin().is_terminal() {
        return Ok(from_line(stdin().lock())?);
    }
    let first = SecretString::from(rpassword::prompt_password("Password: ")?);
    let second = SecretString::from(rpassword::prompt_password("Repeat password: ")?);
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(UserError::Different)
    }
}

fn from_line(input: impl BufRead) -> std::io::Result<SecretString> {
    let mut line = String::new();
    input.take(MAX_LINE_BYTES).read_line(&mut line)?;
    let password = line.strip_suffix('\n').unwrap_or(&line);
    Ok(password.strip_suffix('\r').unwrap_or(password).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_line_is_read_without_line_ending() {
        for (input, password) in
            [("비밀번호\nmore", "비밀번호"), (" a b \r\n", " a b "), ("abcd", "abcd"), ("", "")]
        {
            assert_eq!(from_line(input.as_bytes()).unwrap().expose_secret(), password);
        }
    }
}
