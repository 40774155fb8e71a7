//! Secrets in what a bot sends: placeholders become values at the last moment, and values placeholders in what is shown.
//!
//! The engine writes `⟦secret:NAME:NONCE⟧` for `{{SECRET("NAME")}}`; the nonce is the turn's own, so that nobody who
//! writes such a text into a chat or an API's answer is given a value. What people see afterwards (`fetch.uri`, errors)
//! has `⟦secret:NAME⟧`, without the nonce: it is worth nothing to whoever reads it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use engine::secret::{Piece, blunt, pieces, shown};
use store::WorkspaceId;

use super::{Vault, VaultError};

/// Whose secrets a turn may use, and the nonce of its placeholders.
#[derive(Clone)]
pub struct Secrets {
    source: Option<(Vault, WorkspaceId)>,
    nonce: String,
}

/// The values of the secrets that some texts name.
pub struct Opened {
    nonce: String,
    values: BTreeMap<String, String>,
}

/// Where a value will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is: headers, texts, forms that are encoded afterwards.
    Raw,
    /// In an address. In the query it is percent-encoded, unless it is so already: Korea's public data portal hands
    /// its keys out in both ways. Before the query it stays as it is, so that a secret can be a whole address.
    Address,
    /// Within a text in JSON.
    Json,
}

/// Why values cannot be filled in.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// There is no secret of this name.
    #[error("There is no secret named {0}; set it with: closer secret set {0}")]
    Missing(String),
    /// The vault did not answer in time.
    #[error("The secrets could not be read in time")]
    Late,
    /// The vault does not open.
    #[error("The secrets cannot be read: {0}")]
    Vault(#[from] VaultError),
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

impl Secrets {
    /// The secrets of a workspace, for placeholders with this nonce.
    pub fn new(vault: Vault, workspace: WorkspaceId, nonce: u64) -> Self {
        Self { source: Some((vault, workspace)), nonce: format!("{nonce:016x}") }
    }

    /// The secrets of a workspace, for the placeholders of a turn with this chance.
    pub fn of_turn(vault: Vault, workspace: WorkspaceId, seed: u64) -> Self {
        Self { source: Some((vault, workspace)), nonce: engine::secret::secret_nonce(seed) }
    }

    /// No secrets: each placeholder with this nonce names a missing one.
    pub fn none(nonce: u64) -> Self {
        Self { source: None, nonce: format!("{nonce:016x}") }
    }

    /// Reads the values that these texts name.
    pub async fn open<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<Opened, SecretError> {
        let names: BTreeSet<&str> = texts
            .into_iter()
            .flat_map(|text| pieces(text, &self.nonce))
            .filter_map(|piece| match piece {
                Piece::Secret(name) => Some(name),
                Piece::Text(_) => None,
            })
            .collect();
        let mut values = BTreeMap::new();
        for name in names {
            let value = match &self.source {
                Some((vault, workspace)) => vault.secret(*workspace, name).await?,
                None => None,
            };
            let value = value.ok_or_else(|| SecretError::Missing(name.chars().take(64).collect()))?;
            values.insert(name.to_owned(), value);
        }
        Ok(Opened { nonce: self.nonce.clone(), values })
    }

    /// A text as people may see it: placeholders without their nonce.
    pub fn shown(&self, text: &str) -> String {
        blunt(text, &self.nonce)
    }
}

impl Opened {
    /// The text with values in it.
    pub fn fill(&self, text: &str, form: Form) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut in_query = false;
        for piece in pieces(text, &self.nonce) {
            match piece {
                Piece::Text(text) => {
                    in_query |= text.contains('?');
                    filled.push_str(text);
                }
                Piece::Secret(name) => {
                    let value = self.values.get(name).map(String::as_str).unwrap_or_default();
                    match form {
                        Form::Address if in_query => filled.push_str(&encoded(value)),
                        Form::Raw | Form::Address => {
                            in_query |= value.contains('?');
                            filled.push_str(value);
                        }
                        Form::Json => {
                            let quoted = serde_json::Value::from(value).to_string();
                            filled.push_str(&quoted[1..quoted.len() - 1]);
                        }
                    }
                }
            }
        }
        filled
    }

    /// A text without values: an error of a server may quote what it was sent.
    pub fn scrub(&self, text: &str) -> String {
        let mut forms: Vec<(String, &str)> = Vec::new();
        for (name, value) in &self.values {
            forms.extend(
                [encoded(value), value.clone(), value.to_ascii_lowercase()].map(|form| (form, name.as_str())),
            );
        }
        // A form may begin as another one does; the longest is looked for first.
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        let mut scrubbed = text.to_owned();
        for (form, name) in forms {
            if !form.is_empty() && scrubbed.contains(&form) {
                scrubbed = scrubbed.replace(&form, &shown(name));
            }
        }
        scrubbed
    }
}

impl SecretError {
    /// A stable name, for edges of a flow.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing(_) => "SecretMissing",
            Self::Late => "TimeoutError",
            Self::Vault(_) => "SecretUnreadable",
        }
    }

    /// What happened and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Missing(name) => {
                format!("'{name}' 비밀값이 없어요. closer secret set {name} 으로 정해 주세요.")
            }
            Self::Late => "비밀값을 시간 안에 읽지 못했어요.".to_owned(),
            Self::Vault(error) => error.ko(),
        }
    }
}

/// Percent-encoded, unless it is so already: each % begins a code, and there is one.
fn encoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let is_code =
        |at: usize| matches!(bytes.get(at + 1..at + 3), Some(code) if code.iter().all(u8::is_ascii_hexdigit));
    let mut signs = (0..bytes.len()).filter(|at| bytes[*at] == b'%').peekable();
    if signs.peek().is_some() && signs.all(is_code) {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: u64 = 0x1234;

    fn opened(values: &[(&str, &str)]) -> Opened {
        Opened {
            nonce: format!("{NONCE:016x}"),
            values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    #[test]
    fn only_this_turns_placeholders_are_filled() {
        let opened = opened(&[("k", "v"), ("a.b", "w")]);
        for (text, filled) in [
            ("⟦secret:k:0000000000001234⟧", "v"),
            ("x⟦secret:a.b:0000000000001234⟧y⟦secret:k:0000000000001234⟧", "xwyv"),
            ("⟦secret:k:0000000000001235⟧", "⟦secret:k:0000000000001235⟧"),
            ("⟦secret:k⟧ ⟦secret:k:⟧ ⟦secret:", "⟦secret:k⟧ ⟦secret:k:⟧ ⟦secret:"),
            // Someone who writes a beginning does not spoil what follows it.
            ("⟦secret:⟦secret:k:0000000000001234⟧", "⟦secret:v"),
            ("없음", "없음"),
        ] {
            assert_eq!(opened.fill(text, Form::Raw), filled, "{text}");
        }
        let many = "⟦secret:".repeat(100_000) + "⟧";
        assert_eq!(opened.fill(&many, Form::Raw), many);
    }

    #[test]
    fn a_key_is_encoded_once() {
        for (value, in_query) in [
            ("ab+/c==", "ab%2B%2Fc%3D%3D"),
            ("ab%2B%2Fc%3D%3D", "ab%2B%2Fc%3D%3D"),
            ("50%", "50%25"),
            ("a&b=1#", "a%26b%3D1%23"),
        ] {
            let opened = opened(&[("k", value)]);
            let key = "⟦secret:k:0000000000001234⟧";
            let url = opened.fill(&format!("https://a.kr/x?key={key}&n=1"), Form::Address);
            assert_eq!(url, format!("https://a.kr/x?key={in_query}&n=1"));
            assert_eq!(opened.scrub(&format!("bad {url}")), "bad https://a.kr/x?key=⟦secret:k⟧&n=1");
        }
        let whole = opened(&[("k", "https://hooks.kr/T/B?x=1&y=2")]);
        assert_eq!(whole.fill("⟦secret:k:0000000000001234⟧", Form::Address), "https://hooks.kr/T/B?x=1&y=2");
    }

    #[test]
    fn json_stays_json() {
        let text = opened(&[("k", "a\"b\\c\nd")]).fill("{\"k\":\"⟦secret:k:0000000000001234⟧\"}", Form::Json);
        let read: serde_json::Value = serde_json::from_str(&text).expect("is JSON");
        assert_eq!(read["k"], "a\"b\\c\nd");
    }
}
