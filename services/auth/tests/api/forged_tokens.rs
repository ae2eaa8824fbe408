//! Verification of tokens: forged, expired and issued for another purpose.

use crate::fixture::{KEY, NAME, PASSWORD, PREVIOUS_KEY, TestContext, USER};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::Utc;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

/// Header and claims of a token, from which modified tokens are signed as in RFC 7515.
struct Forger {
    header: Value,
    claims: Value,
}

impl Forger {
    fn of(token: &str) -> Self {
        let mut parts = token.split('.').map(|part| {
            let json = BASE64.decode(part).unwrap_or_default();
            serde_json::from_slice(&json).unwrap_or_default()
        });
        Self { header: parts.next().unwrap(), claims: parts.next().unwrap() }
    }

    /// Encodes the token with these changes, without a signature; the value `<removed>` removes a
    /// member.
    fn with(&self, header: &Value, claims: &Value) -> String {
        let merge = |mut object: Value, changes: &Value| {
            for (name, value) in changes.as_object().unwrap() {
                object[name] = value.clone();
            }
            object.as_object_mut().unwrap().retain(|_, value| *value != json!("<removed>"));
            BASE64.encode(object.to_string())
        };
        format!("{}.{}", merge(self.header.clone(), header), merge(self.claims.clone(), claims))
    }
}

fn sign<D: EagerHash>(message: &str, key: &str) -> String
where
    Hmac<D>: Mac + KeyInit,
{
    let mac = <Hmac<D> as KeyInit>::new_from_slice(key.as_bytes()).unwrap();
    let signature = mac.chain_update(message.as_bytes()).finalize().into_bytes();
    format!("{message}.{}", BASE64.encode(signature))
}

async fn status(context: &TestContext, token: &str) -> u16 {
    context.send(Method::GET, USER, token).await.status.as_u16()
}

#[actix_web::test]
async fn token_has_the_registered_claims() {
    let context = TestContext::new().await;
    let before = Utc::now().timestamp();
    let token = context.register(NAME, PASSWORD).await;
    let Forger { header, claims } = Forger::of(&token);
    assert_eq!(header, json!({"typ": "JWT", "alg": "HS256", "kid": "k2"}));
    let issued_at = claims["iat"].as_i64().unwrap();
    assert!((before..=Utc::now().timestamp()).contains(&issued_at));
    assert_eq!(claims["exp"], issued_at + 24 * 3600);
    let registered = [&claims["iss"], &claims["aud"], &claims["sub"]];
    assert_eq!(registered, ["createtrend", "createtrend", "1"]);
    let stored =
        context.text("SELECT jti || ' ' || extract(epoch FROM expires_at)::int8 FROM auth_token");
    assert_eq!(stored.await, format!("{} {}", claims["jti"].as_str().unwrap(), claims["exp"]));
}

#[actix_web::test]
async fn token_signed_with_a_previous_key_is_accepted() {
    let context = TestContext::new().await;
    let forger = Forger::of(&context.register(NAME, PASSWORD).await);
    let unchanged = forger.with(&json!({}), &json!({}));
    assert_eq!(status(&context, &sign::<Sha256>(&unchanged, KEY)).await, 200);
    let previous = forger.with(&json!({"kid": "k1"}), &json!({}));
    assert_eq!(status(&context, &sign::<Sha256>(&previous, PREVIOUS_KEY)).await, 200);
    assert_eq!(status(&context, &sign::<Sha256>(&previous, KEY)).await, 401);
}

#[actix_web::test]
async fn forged_token_returns_401() {
    let context = TestContext::new().await;
    context.register("other-user", PASSWORD).await;
    let token = context.register(NAME, PASSWORD).await;
    let forger = Forger::of(&token);
    let now = Utc::now().timestamp();
    for (case, header, claims) in [
        ("expired", json!({}), json!({"exp": now - 1})),
        ("expiring now", json!({}), json!({"exp": now})),
        ("without expiry", json!({}), json!({"exp": "<removed>"})),
        ("other audience", json!({}), json!({"aud": "other"})),
        ("without audience", json!({}), json!({"aud": "<removed>"})),
        ("other issuer", json!({}), json!({"iss": "other"})),
        ("other user", json!({}), json!({"sub": "1"})),
        ("without user", json!({}), json!({"sub": "<removed>"})),
        ("user id is not a number", json!({}), json!({"sub": "2 OR 1=1"})),
        ("unknown session", json!({}), json!({"jti": "00000000-0000-4000-8000-000000000000"})),
        ("without session", json!({}), json!({"jti": "<removed>"})),
        ("unknown key id", json!({"kid": "k9"}), json!({})),
        ("without key id", json!({"kid": "<removed>"}), json!({})),
        ("other algorithm in the header", json!({"alg": "HS512"}), json!({})),
        ("algorithm none with a signature", json!({"alg": "none"}), json!({})),
        ("critical header parameter", json!({"crit": ["exp"]}), json!({})),
    ] {
        let token = sign::<Sha256>(&forger.with(&header, &claims), KEY);
        assert_eq!(status(&context, &token).await, 401, "{case}");
    }
    let none = forger.with(&json!({"alg": "none"}), &json!({}));
    let hs512 = forger.with(&json!({"alg": "HS512"}), &json!({}));
    let unchanged = forger.with(&json!({}), &json!({}));
    for (case, token) in [
        ("algorithm none", format!("{none}.")),
        ("without a signature", format!("{unchanged}.")),
        ("two parts", unchanged.clone()),
        ("signed with another algorithm", sign::<Sha512>(&hs512, KEY)),
        ("signed with another algorithm than in the header", sign::<Sha512>(&unchanged, KEY)),
        ("signed with another key", sign::<Sha256>(&unchanged, "an attacker's key, long enough..")),
        ("trailing character", format!("{token}x")),
        ("4000 trailing characters", format!("{token}{}", "x".repeat(4000))),
    ] {
        assert_eq!(status(&context, &token).await, 401, "{case}");
    }
    assert_eq!(status(&context, &token).await, 200);
}

#[actix_web::test]
async fn token_of_an_expired_session_row_returns_401() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.database.fill("UPDATE auth_token SET expires_at = now()").await;
    assert_eq!(status(&context, &token).await, 401);
}
