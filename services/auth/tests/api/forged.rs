//! Tokens that nobody has issued, or not for this.

use crate::fixture::{KEY, NAME, OLD_KEY, PASSWORD, TestContext, USER};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::Utc;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

/// The parts of the token, made again with changes and signed by its definition (RFC 7515).
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

    fn with(&self, header: &Value, claims: &Value) -> String {
        let merge = |mut whole: Value, changes: &Value| {
            for (name, value) in changes.as_object().unwrap() {
                whole[name] = value.clone();
            }
            whole.as_object_mut().unwrap().retain(|_, value| *value != json!("<gone>"));
            BASE64.encode(whole.to_string())
        };
        format!("{}.{}", merge(self.header.clone(), header), merge(self.claims.clone(), claims))
    }
}

fn signed<D: EagerHash>(message: &str, key: &str) -> String
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
async fn a_token_says_what_the_standards_want() {
    let context = TestContext::new().await;
    let before = Utc::now().timestamp();
    let token = context.register(NAME, PASSWORD).await;
    let Forger { header, claims } = Forger::of(&token);
    assert_eq!(header, json!({"typ": "JWT", "alg": "HS256", "kid": "k2"}));
    let issued = claims["iat"].as_i64().unwrap();
    assert!((before..=Utc::now().timestamp()).contains(&issued));
    assert_eq!(claims["exp"], issued + 24 * 3600);
    let named = [&claims["iss"], &claims["aud"], &claims["sub"]];
    assert_eq!(named, ["createtrend", "createtrend", "1"]);
    let stored =
        context.text("SELECT jti || ' ' || extract(epoch FROM expires_at)::int8 FROM auth_token");
    assert_eq!(stored.await, format!("{} {}", claims["jti"].as_str().unwrap(), claims["exp"]));
}

#[actix_web::test]
async fn a_token_of_an_older_key_is_good() {
    let context = TestContext::new().await;
    let forger = Forger::of(&context.register(NAME, PASSWORD).await);
    let same = forger.with(&json!({}), &json!({}));
    assert_eq!(status(&context, &signed::<Sha256>(&same, KEY)).await, 200);
    let older = forger.with(&json!({"kid": "k1"}), &json!({}));
    assert_eq!(status(&context, &signed::<Sha256>(&older, OLD_KEY)).await, 200);
    assert_eq!(status(&context, &signed::<Sha256>(&older, KEY)).await, 401);
}

#[actix_web::test]
async fn whatever_is_forged_is_refused() {
    let context = TestContext::new().await;
    context.register("somebody", PASSWORD).await;
    let token = context.register(NAME, PASSWORD).await;
    let forger = Forger::of(&token);
    let now = Utc::now().timestamp();
    for (about, header, claims) in [
        ("expired", json!({}), json!({"exp": now - 1})),
        ("expires now", json!({}), json!({"exp": now})),
        ("never expires", json!({}), json!({"exp": "<gone>"})),
        ("of another audience", json!({}), json!({"aud": "other"})),
        ("of no audience", json!({}), json!({"aud": "<gone>"})),
        ("of another issuer", json!({}), json!({"iss": "other"})),
        ("of somebody else", json!({}), json!({"sub": "1"})),
        ("of nobody", json!({}), json!({"sub": "<gone>"})),
        ("of no number", json!({}), json!({"sub": "2 OR 1=1"})),
        ("another session", json!({}), json!({"jti": "00000000-0000-4000-8000-000000000000"})),
        ("no session", json!({}), json!({"jti": "<gone>"})),
        ("of an unknown key", json!({"kid": "k9"}), json!({})),
        ("of no key", json!({"kid": "<gone>"}), json!({})),
        ("of another algorithm by name", json!({"alg": "HS512"}), json!({})),
        ("unsigned by name", json!({"alg": "none"}), json!({})),
        ("with what must be understood", json!({"crit": ["exp"]}), json!({})),
    ] {
        let token = signed::<Sha256>(&forger.with(&header, &claims), KEY);
        assert_eq!(status(&context, &token).await, 401, "{about}");
    }
    let none = forger.with(&json!({"alg": "none"}), &json!({}));
    let longer = forger.with(&json!({"alg": "HS512"}), &json!({}));
    let same = forger.with(&json!({}), &json!({}));
    for (about, token) in [
        ("unsigned", format!("{none}.")),
        ("without a signature", format!("{same}.")),
        ("in two parts", same.clone()),
        ("by another algorithm", signed::<Sha512>(&longer, KEY)),
        ("by another algorithm, unsaid", signed::<Sha512>(&same, KEY)),
        ("by another key", signed::<Sha256>(&same, "a key that somebody else has made up")),
        ("with something behind", format!("{token}x")),
        ("huge", format!("{token}{}", "x".repeat(4000))),
    ] {
        assert_eq!(status(&context, &token).await, 401, "{about}");
    }
    assert_eq!(status(&context, &token).await, 200);
}

#[actix_web::test]
async fn a_session_ends_when_its_row_says_so() {
    let context = TestContext::new().await;
    let token = context.register(NAME, PASSWORD).await;
    context.database.fill("UPDATE auth_token SET expires_at = now()").await;
    assert_eq!(status(&context, &token).await, 401);
}
