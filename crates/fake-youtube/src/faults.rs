//! Faults that are injected into responses.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use xxhash_rust::xxh3::xxh3_64;
use youtube::Method;

/// A fault injected into a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// An HTTP status without a body of the API; a redirect leads to `/health/live`.
    Status {
        /// The status.
        status: u16,
        /// `Retry-After` in seconds.
        retry_after: Option<u64>,
    },
    /// 403 `quotaExceeded`, although the quota is not used up.
    QuotaExceeded,
    /// 403 `rateLimitExceeded`.
    RateLimitExceeded,
    /// 400 with `API_KEY_INVALID`.
    KeyInvalid,
    /// 403 with `API_KEY_IP_ADDRESS_BLOCKED`.
    KeyRestricted,
    /// 403 `accessNotConfigured`.
    AccessNotConfigured,
    /// 400 with the key in its message.
    EchoKey,
    /// The body ends after half of its bytes.
    Truncate,
    /// The body is an HTML page with status 200.
    Malformed,
    /// The response is late.
    Delay {
        /// Milliseconds, at most 60,000.
        millis: u64,
    },
    /// A list has no next page.
    EndList,
    /// A page starts later than it should, so that items are lost, or earlier (a negative
    /// number), so that items are there twice.
    ShiftPage {
        /// Items.
        by: i64,
    },
    /// Items of a list are missing, from the first one.
    OmitItems {
        /// How many.
        count: usize,
    },
}

/// A fault and the requests that it affects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The effect.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Names of methods ([`Method::name`]); all if empty.
    #[serde(default)]
    pub methods: Vec<String>,
    /// From this simulated time.
    pub from: Option<DateTime<Utc>>,
    /// Before this simulated time.
    pub until: Option<DateTime<Utc>>,
    /// Number of requests; unlimited if absent.
    pub remaining: Option<u32>,
    /// Share of requests, chosen by their number; all if absent.
    pub probability: Option<f64>,
}

impl Fault {
    /// A fault of all requests.
    pub fn always(kind: FaultKind) -> Self {
        Self {
            kind,
            methods: Vec::new(),
            from: None,
            until: None,
            remaining: None,
            probability: None,
        }
    }

    /// A fault of the next `count` requests.
    pub fn times(kind: FaultKind, count: u32) -> Self {
        Self { remaining: Some(count), ..Self::always(kind) }
    }

    /// The same fault for one method.
    pub fn only(self, method: Method) -> Self {
        Self { methods: vec![method.name().to_owned()], ..self }
    }

    /// Reads a fault of the control interface. Unknown fields and methods are errors.
    pub(crate) fn parse(json: &Value) -> Result<Self, String> {
        let fault = Self::deserialize(json).map_err(|error| error.to_string())?;
        // Serde does not reject unknown fields of a type with a flattened field. All fields are
        // serialized.
        let known = serde_json::to_value(&fault).map_err(|error| error.to_string())?;
        let names = |value| Value::as_object(value).into_iter().flat_map(Map::keys);
        if let Some(unknown) = names(json).find(|name| known.get(name.as_str()).is_none()) {
            let known: Vec<&String> = names(&known).collect();
            return Err(format!("unknown field {unknown:?}; expected one of {known:?}"));
        }
        let is_unknown = |name: &&String| Method::ALL.iter().all(|method| method.name() != **name);
        if let Some(unknown) = fault.methods.iter().find(is_unknown) {
            let known = Method::ALL.map(Method::name);
            return Err(format!("unknown method {unknown:?}; expected one of {known:?}"));
        }
        Ok(fault)
    }

    /// Whether it affects a request; counts down.
    pub(crate) fn applies(&mut self, method: Method, now: DateTime<Utc>, request: u64) -> bool {
        let has_method =
            self.methods.is_empty() || self.methods.iter().any(|it| it == method.name());
        let is_now =
            self.from.is_none_or(|from| now >= from) && self.until.is_none_or(|until| now < until);
        if !has_method || !is_now || self.remaining == Some(0) || !self.is_chosen(request) {
            return false;
        }
        self.remaining = self.remaining.map(|count| count - 1);
        true
    }

    fn is_chosen(&self, request: u64) -> bool {
        // The upper 32 bits as a number from 0 to 1.
        let unit = f64::from(u32::try_from(xxh3_64(&request.to_le_bytes()) >> 32).unwrap_or(0))
            / f64::from(u32::MAX);
        self.probability.is_none_or(|probability| unit < probability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn fault_ends_after_its_number_of_requests() {
        let mut fault = Fault::times(FaultKind::Truncate, 2).only(Method::Feed);
        let mut applies = |method| fault.applies(method, NOW, 0);
        assert!(!applies(Method::VideosList));
        assert!(applies(Method::Feed) && applies(Method::Feed) && !applies(Method::Feed));
    }

    #[test]
    fn fault_is_limited_to_its_time_and_share() {
        let later = NOW + chrono::TimeDelta::hours(6);
        let mut fault = Fault { until: Some(later), ..Fault::always(FaultKind::Malformed) };
        assert!(fault.applies(Method::Feed, NOW, 0) && !fault.applies(Method::Feed, later, 0));
        fault.probability = Some(0.3);
        let count = (0..1_000).filter(|number| fault.applies(Method::Feed, NOW, *number)).count();
        assert!((250..350).contains(&count), "{count}");
    }

    #[test]
    fn fault_is_read_from_json() {
        let json = json!({"kind": "status", "status": 503, "retry_after": 9, "methods": ["feed"]});
        let kind = FaultKind::Status { status: 503, retry_after: Some(9) };
        assert_eq!(Fault::parse(&json), Ok(Fault::always(kind).only(Method::Feed)));
    }

    #[test]
    fn unknown_fields_and_methods_are_rejected() {
        for (json, reason) in [
            (json!({"kind": "truncate", "method": ["feed"]}), r#"unknown field "method""#),
            (json!({"kind": "delay", "millis": 1, "seconds": 1}), r#"unknown field "seconds""#),
            (json!({"kind": "truncate", "methods": ["videos"]}), r#"unknown method "videos""#),
            (json!({"kind": "truncated"}), "unknown variant"),
            (json!({"methods": []}), "missing field `kind`"),
            (json!([]), ""),
        ] {
            let error = Fault::parse(&json).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
