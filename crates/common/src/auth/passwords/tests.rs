//! Hashing passwords, and verifying hashes of the Django API.

use super::*;
use crate::settings::PasswordSettings;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// `make_password('lètmein', 'seasalt', 'pbkdf2_sha256')` in the tests of Django 3.2.
const DJANGO: &str = "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=";

fn settings() -> PasswordSettings {
    let key = Some(KEY.into());
    PasswordSettings { key, key_file: None, cost: 4, max_concurrent: 1, max_queued: 16 }
}

fn passwords() -> Passwords {
    Passwords::new(&settings()).unwrap()
}

async fn check(password: &str, stored: &str) -> PasswordCheck {
    passwords().verify(password, stored).await.unwrap()
}

/// RFC 2104, section 2.
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::digest([&block.map(|byte| byte ^ 0x36)[..], text].concat());
    Sha256::digest([&block.map(|byte| byte ^ 0x5c)[..], &inner].concat()).into()
}

/// RFC 8018, section 5.2, for one block.
fn pbkdf2(password: &str, salt: &str, iterations: u32) -> [u8; 32] {
    let mut last = hmac(password.as_bytes(), &[salt.as_bytes(), &[0, 0, 0, 1]].concat());
    let mut sum = last;
    for _ in 1..iterations {
        last = hmac(password.as_bytes(), &last);
        sum.iter_mut().zip(last).for_each(|(sum, byte)| *sum ^= byte);
    }
    sum
}

/// A hash as Django stores it.
fn django(password: &str, iterations: u32) -> String {
    let key = STANDARD.encode(pbkdf2(password, "seasalt", iterations));
    format!("pbkdf2_sha256${iterations}$seasalt${key}")
}

#[tokio::test]
async fn django_hash_verifies_and_needs_rehash() {
    assert_eq!(django("lètmein", 260_000), DJANGO);
    assert_eq!(check("lètmein", DJANGO).await, PasswordCheck::NeedsRehash);
    assert_eq!(check("letmein", DJANGO).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn iterations_are_read_from_django_hash() {
    for iterations in [1, 2, 1000] {
        let long = "비밀번호".repeat(20);
        assert_eq!(check(&long, &django(&long, iterations)).await, PasswordCheck::NeedsRehash);
    }
    let claimed = django("password", 1000).replace("$1000$", "$1001$");
    assert_eq!(check("password", &claimed).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn unverifiable_hash_is_incorrect() {
    let one = django("password", 1);
    for stored in [
        "",
        "!",
        "!QCaAHYv0Wh0KfGdPxTMBEwSwLoDSBpJrfMZcy4eD",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA",
        "bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuJ",
        "bcrypt_hmac_sha256$",
        "bcrypt_hmac_sha256$$2b$04$",
        "bcrypt_hmac_sha256$$2b$31$abcdefghijklmnopqrstuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu",
        "password",
        "pbkdf2_sha1$1$seasalt$AAAA",
        "pbkdf2_sha256$",
        "pbkdf2_sha256$1$seasalt$",
        "pbkdf2_sha256$1$seasalt$AAAA",
        &one.replace("$1$", "$0$"),
        &one.replace("$1$", "$-1$"),
        &one.replace("$1$", "$2000001$"),
        &one.replace("$1$", "$99999999999$"),
        &one[..one.len() - 1],
    ] {
        assert_eq!(check("password", stored).await, PasswordCheck::Incorrect, "{stored}");
    }
}

#[tokio::test]
async fn new_hash_verifies_only_its_password() {
    let hash = passwords().hash("비밀번호").await.unwrap();
    assert!(hash.starts_with("bcrypt_hmac_sha256$$2b$04$") && hash.len() <= 128, "{hash}");
    assert_eq!(check("비밀번호", &hash).await, PasswordCheck::Correct);
    assert_eq!(check("비밀번", &hash).await, PasswordCheck::Incorrect);
    assert_ne!(passwords().hash("비밀번호").await.unwrap(), hash, "the salt differs");
}

/// bcrypt truncates at 72 bytes, which is 24 Hangul syllables.
#[tokio::test]
async fn long_password_is_not_truncated() {
    let start = "가".repeat(24);
    let hash = passwords().hash(&format!("{start}나")).await.unwrap();
    assert_eq!(check(&format!("{start}나"), &hash).await, PasswordCheck::Correct);
    assert_eq!(check(&format!("{start}다"), &hash).await, PasswordCheck::Incorrect);
    assert_eq!(check(&start, &hash).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn bcrypt_hash_of_keyed_digest_verifies() {
    assert_eq!(check("비밀번호", &raw_bcrypt("비밀번호")).await, PasswordCheck::Correct);
}

/// A hash of the password without normalization.
fn raw_bcrypt(password: &str) -> String {
    let keyed = STANDARD.encode(hmac(KEY.as_bytes(), password.as_bytes()));
    format!("bcrypt_hmac_sha256${}", bcrypt::hash(keyed, 4).unwrap())
}

fn decomposed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().collect()
}

#[tokio::test]
async fn new_hash_verifies_every_form_of_the_password() {
    for stored_form in ["비밀번호 42", &decomposed("비밀번호 42"), "  비밀번호 42\n"] {
        let hash = passwords().hash(stored_form).await.unwrap();
        for typed in
            ["비밀번호 42", &decomposed("비밀번호 42"), "\t비밀번호 42　", "비밀번호　４２"]
        {
            assert_eq!(
                check(typed, &hash).await,
                PasswordCheck::Correct,
                "{stored_form:?} {typed:?}"
            );
        }
        assert_eq!(
            check("비밀번호42", &hash).await,
            PasswordCheck::Incorrect,
            "inner spaces count"
        );
    }
}

#[tokio::test]
async fn bcrypt_hash_of_the_raw_text_verifies_and_is_replaced() {
    for (stored_form, typed) in [
        (" 비밀번호 ", " 비밀번호 "),
        ("ｐａｓｓ１", "ｐａｓｓ１"),
        (&decomposed("비밀번호"), "비밀번호"),
        (&decomposed("비밀번호"), &decomposed("비밀번호")),
    ] {
        let stored = raw_bcrypt(stored_form);
        assert_eq!(
            check(typed, &stored).await,
            PasswordCheck::NeedsRehash,
            "{stored_form:?} {typed:?}"
        );
    }
    assert_eq!(
        check(&decomposed("비밀번호"), &raw_bcrypt("비밀번호")).await,
        PasswordCheck::Correct
    );
    assert_eq!(check("비밀번호", &raw_bcrypt("비밀번")).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn django_hash_verifies_every_form_of_the_password() {
    for (stored_form, typed) in [
        ("password", "  password\u{1f}"),
        (" password ", " password "),
        ("ｐａｓｓ１", " ｐａｓｓ１ "),
        (&decomposed("비밀번호"), " 비밀번호 "),
        ("비밀번호", &decomposed("비밀번호")),
        ("①비밀", &decomposed("①비밀")),
    ] {
        let stored = django(stored_form, 2);
        assert_eq!(
            check(typed, &stored).await,
            PasswordCheck::NeedsRehash,
            "{stored_form:?} {typed:?}"
        );
    }
    assert_eq!(check("pass word", &django("password", 2)).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn hash_with_other_key_is_incorrect() {
    let other = PasswordSettings { key: Some(format!("{KEY}!").into()), ..settings() };
    let hash = Passwords::new(&other).unwrap().hash("password").await.unwrap();
    assert_eq!(check("password", &hash).await, PasswordCheck::Incorrect);
}

#[tokio::test]
async fn hash_of_lower_cost_needs_rehash() {
    let hash = passwords().hash("password").await.unwrap();
    let costlier = Passwords::new(&PasswordSettings { cost: 5, ..settings() }).unwrap();
    assert_eq!(costlier.verify("password", &hash).await.unwrap(), PasswordCheck::NeedsRehash);
    assert_eq!(costlier.verify("other", &hash).await.unwrap(), PasswordCheck::Incorrect);
    let costly_hash = costlier.hash("password").await.unwrap();
    assert_eq!(check("password", &costly_hash).await, PasswordCheck::Correct);
}

#[tokio::test]
async fn hashes_beyond_the_queue_return_overloaded() {
    let settings = PasswordSettings { cost: 8, max_concurrent: 1, max_queued: 2, ..settings() };
    let passwords = Passwords::new(&settings).unwrap();
    let attempts = futures_util::future::join_all((0..10).map(|_| passwords.hash("password")));
    let (done, rejected): (Vec<_>, Vec<_>) = attempts.await.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), rejected.len()), (3, 7));
    assert!(rejected.iter().all(|one| matches!(one, Err(Error::Overloaded(_)))));
    passwords.verify_dummy_password("password").await.unwrap();
}

#[tokio::test]
async fn each_password_form_acquires_one_permit() {
    let settings = PasswordSettings { cost: 8, max_concurrent: 1, max_queued: 5, ..settings() };
    let passwords = Passwords::new(&settings).unwrap();
    let attempts = (0..10).map(|_| passwords.verify_dummy_password(" 비밀번호"));
    let outcomes = futures_util::future::join_all(attempts).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2);
    // Also accepted if there are fewer permits than forms.
    let one = PasswordSettings { max_queued: 0, ..settings };
    Passwords::new(&one).unwrap().verify_dummy_password(" 비밀번호").await.unwrap();
}

#[test]
fn invalid_settings_are_rejected_without_revealing_the_key() {
    let rejection =
        |settings: PasswordSettings| Passwords::new(&settings).err().unwrap().to_string();
    let short = PasswordSettings { key: Some(KEY[1..].into()), ..settings() };
    let reason =
        "settings: passwords.key (CREATETREND_PASSWORDS__KEY_FILE) is shorter than 32 bytes";
    assert_eq!(rejection(short), reason);
    for cost in [3, 17] {
        let reason = rejection(PasswordSettings { cost, ..settings() });
        assert_eq!(reason, "settings: passwords.cost is not from 4 to 16");
    }
    assert!(
        rejection(PasswordSettings { max_concurrent: 0, ..settings() }).contains("max_concurrent")
    );
    let missing = rejection(PasswordSettings { key: None, ..settings() });
    assert!(missing.contains("CREATETREND_PASSWORDS__KEY_FILE"), "{missing}");
}
