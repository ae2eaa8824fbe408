//! Fuzz target: a token from an untrusted client, and validly signed claims of any content.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use common::{
    auth::{Keys, Verifier},
    settings::Settings,
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{collections::HashMap, sync::LazyLock};

const SECRET: &str = "a-secret-of-tests-that-is-long-enough";

static VERIFIER: LazyLock<Option<Verifier>> = LazyLock::new(|| {
    let keys = ("CREATETREND_TOKENS__KEYS".to_owned(), format!("test:{SECRET}"));
    let settings = Settings::from_environment("test", "", HashMap::from([keys])).ok()?;
    let tokens = settings.common.tokens;
    Some(Verifier::new(Keys::new(&tokens).ok()?, &tokens))
});

/// Verifies the bytes as a token, and as the claims of a signed token.
pub fn run(bytes: &[u8]) {
    let verifier = VERIFIER.as_ref();
    assert!(verifier.is_some(), "settings of the tests");
    for token in [String::from_utf8_lossy(bytes).into_owned(), signed(bytes)] {
        if let Some(Ok(claims)) = verifier.map(|verifier| verifier.verify(&token)) {
            claims.sub.parse::<i32>().ok();
        }
    }
}

fn signed(claims: &[u8]) -> String {
    let header = br#"{"typ":"JWT","alg":"HS256","kid":"test"}"#;
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).map(|mut mac| {
        mac.update(message.as_bytes());
        encode(&mac.finalize().into_bytes())
    });
    format!("{message}.{}", signature.unwrap_or_default())
}
