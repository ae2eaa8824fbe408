//! Logins with password hashes of the Django API.

use crate::fixture::{NAME, PASSWORD, TestContext};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A PBKDF2-HMAC-SHA-256 hash of one block (RFC 8018, section 5.2) in the format of Django.
fn django_hash(password: &str, salt: &str, iterations: u32) -> String {
    let keyed = Hmac::<Sha256>::new_from_slice(password.as_bytes()).unwrap();
    let round = |message: &[u8]| -> [u8; 32] {
        keyed.clone().chain_update(message).finalize().into_bytes().into()
    };
    let mut last = round(&[salt.as_bytes(), &1_u32.to_be_bytes()].concat());
    let mut key = last;
    for _ in 1..iterations {
        last = round(&last);
        key.iter_mut().zip(last).for_each(|(byte, other)| *byte ^= other);
    }
    format!("pbkdf2_sha256${iterations}${salt}${}", STANDARD.encode(key))
}

/// A context with an account of the Django API, and its password hash.
async fn context_with(password: &str) -> (TestContext, String) {
    let context = TestContext::new().await;
    let hash = django_hash(password, "qwertyuiop12", 600);
    let account = format!(
        "INSERT INTO auth_user (username, password, is_superuser, first_name, last_name, email,
            is_staff, is_active, date_joined)
        VALUES ('{NAME}', '{hash}', false, '', '', '', false, true, '2020-08-12');
        INSERT INTO accounts_userinfo (user_id) SELECT id FROM auth_user"
    );
    context.database.fill(&account).await;
    (context, hash)
}

async fn stored_hash(context: &TestContext) -> String {
    context.text("SELECT password FROM auth_user").await
}

#[actix_web::test]
async fn login_with_a_django_hash_succeeds_and_rehashes_with_bcrypt() {
    let (context, old) = context_with(PASSWORD).await;
    assert_eq!(context.log_in(NAME, "wrong").await.status, 400);
    assert_eq!(stored_hash(&context).await, old);
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
    let new = stored_hash(&context).await;
    assert!(new.starts_with("bcrypt_hmac_sha256$$2b$04$"), "{new}");
    assert_eq!(context.log_in(NAME, PASSWORD).await.status, 200);
    assert_eq!(stored_hash(&context).await, new);
    assert_eq!(context.log_in(NAME, "wrong").await.status, 400);
}

#[actix_web::test]
async fn login_with_another_form_of_a_decomposed_django_password_succeeds() {
    // Django did not normalize passwords; this one is decomposed Hangul (NFD).
    let (context, old) = context_with("\u{1107}\u{1175}\u{1106}\u{1175}\u{11af} 42").await;
    assert_eq!(context.log_in(NAME, "비밀42").await.status, 400);
    assert_eq!(stored_hash(&context).await, old);
    assert_eq!(context.log_in(NAME, " 비밀 42\t").await.status, 200);
    let new = stored_hash(&context).await;
    assert!(new.starts_with("bcrypt_hmac_sha256$"), "{new}");
    assert_eq!(context.log_in(NAME, "비밀 42").await.status, 200);
    assert_eq!(stored_hash(&context).await, new);
}

#[actix_web::test]
async fn concurrent_first_logins_all_succeed() {
    let (context, _) = context_with(PASSWORD).await;
    for reply in join_all((0..8).map(|_| context.log_in(NAME, PASSWORD))).await {
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    assert_eq!(context.count("SELECT count(*) FROM auth_token").await, 8);
}
