//! Valid and invalid tokens.

use super::*;
use crate::settings::Millis;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Header, encode, get_current_timestamp};
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

const OLD: &str = "old:0123456789abcdef0123456789abcdef";
const NEW: &str = "new:fedcba9876543210fedcba9876543210";

fn settings(keys: &str) -> TokenSettings {
    TokenSettings {
        keys: Some(keys.into()),
        keys_file: None,
        issuer: "createtrend".to_owned(),
        audience: "web".to_owned(),
        lifetime_ms: Millis(1000),
    }
}

fn verifier(keys: &str) -> Verifier {
    let settings = settings(keys);
    Verifier::new(Keys::new(&settings).unwrap(), &settings)
}

fn now() -> i64 {
    i64::try_from(get_current_timestamp()).unwrap()
}

fn claims() -> Claims {
    let (iss, aud) = ("createtrend".to_owned(), "web".to_owned());
    let (sub, jti) = ("7".to_owned(), Uuid::from_u128(1));
    Claims { iss, aud, sub, jti, iat: now(), exp: now() + 60 }
}

/// A valid token.
fn issued(keys: &str, claims: &Claims) -> String {
    let keys = Keys::new(&settings(keys)).unwrap();
    let (id, key) = keys.signing_key();
    let header = Header { kid: Some(id.to_owned()), ..Header::default() };
    encode(&header, claims, &key).unwrap()
}

/// A token with any header and claims, signed with the key of [`OLD`].
fn forged<M: Mac + KeyInit>(header: &Value, claims: &Value) -> String {
    let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let mac = <M as KeyInit>::new_from_slice(OLD.trim_start_matches("old:").as_bytes()).unwrap();
    let signature = mac.chain_update(&message).finalize().into_bytes();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A valid token with one claim replaced.
fn with_claim(name: &str, value: Value) -> String {
    let mut all = serde_json::to_value(claims()).unwrap();
    all[name] = value;
    forged::<Hmac<Sha256>>(&json!({"alg": "HS256", "kid": "old"}), &all)
}

fn is_rejected(token: &str) -> bool {
    verifier(OLD).verify(token).is_err()
}

#[test]
fn valid_token_returns_its_claims() {
    assert_eq!(verifier(OLD).verify(&issued(OLD, &claims())).unwrap(), claims());
    assert_eq!(verifier(OLD).verify(&with_claim("sub", json!("8"))).unwrap().sub, "8");
}

#[test]
fn rotated_key_still_verifies() {
    let both = format!("{NEW}\n{OLD}");
    assert!(verifier(&both).verify(&issued(OLD, &claims())).is_ok());
    assert!(verifier(&both).verify(&issued(&both, &claims())).is_ok());
    assert!(is_rejected(&issued(&both, &claims())), "signed with the new key");
}

#[test]
fn token_signed_with_other_key_of_same_id_is_rejected() {
    let other = "old:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    assert!(is_rejected(&issued(other, &claims())));
}

#[test]
fn token_without_known_key_id_is_rejected() {
    let all = serde_json::to_value(claims()).unwrap();
    assert!(!is_rejected(&forged::<Hmac<Sha256>>(&json!({"alg": "HS256", "kid": "old"}), &all)));
    for header in [
        json!({"alg": "HS256"}),
        json!({"alg": "HS256", "kid": "new"}),
        json!({"alg": "HS256", "kid": ""}),
        json!({"alg": "HS256", "kid": 1}),
        json!({"alg": "HS256", "kid": "old", "crit": ["b64"], "b64": false}),
    ] {
        assert!(is_rejected(&forged::<Hmac<Sha256>>(&header, &all)), "{header}");
    }
}

#[test]
fn token_with_other_algorithm_is_rejected() {
    let all = serde_json::to_value(claims()).unwrap();
    assert!(is_rejected(&forged::<Hmac<Sha512>>(&json!({"alg": "HS512", "kid": "old"}), &all)));
    for algorithm in ["none", "None", "HS384", "HS512", "RS256", "ES256", "EdDSA", ""] {
        let signed = forged::<Hmac<Sha256>>(&json!({"alg": algorithm, "kid": "old"}), &all);
        let unsigned = &signed[..=signed.rfind('.').unwrap()];
        assert!(is_rejected(&signed) && is_rejected(unsigned), "{algorithm}");
    }
}

#[test]
fn modified_token_is_rejected() {
    let token = issued(OLD, &claims());
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert!(is_rejected(std::str::from_utf8(&changed).unwrap()), "at {at}");
    }
    let parts: Vec<&str> = token.split('.').collect();
    for other in
        ["", ".", "..", "...", "a.b.c", parts[0], &parts[..2].join("."), &(token.clone() + ".")]
    {
        assert!(is_rejected(other), "{other}");
    }
}

#[test]
fn token_with_missing_or_wrong_claim_is_rejected() {
    for name in ["iss", "aud", "sub", "exp", "jti"] {
        assert!(is_rejected(&with_claim(name, Value::Null)), "no {name}");
    }
    assert!(is_rejected(&with_claim("iss", json!("other"))));
    assert!(is_rejected(&with_claim("aud", json!("other"))));
    assert!(is_rejected(&with_claim("aud", json!(["other"]))));
}

#[test]
fn token_is_rejected_from_its_expiry_on() {
    for (exp, is_valid) in
        [(now() + 60, true), (now(), false), (now() - 1, false), (0, false), (-1, false)]
    {
        assert_eq!(is_rejected(&with_claim("exp", json!(exp))), !is_valid, "{exp}");
    }
    assert!(is_rejected(&with_claim("exp", json!("tomorrow"))));
}
