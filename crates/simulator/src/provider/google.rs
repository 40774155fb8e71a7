//! Google: the token endpoint for service accounts (RFC 7523), Sheets v4 and Dialogflow ES v2 behind it.
//!
//! An assertion is checked as Google does: RS256 over the account's key, issuer, audience, lifetime of an hour at most,
//! not of the future. Tokens end, and are good for the scopes that were asked for.

mod dialogflow;
mod sheets;

use std::{collections::HashMap, io, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Heard, Provider, Said};

/// How long tokens are good where a test does not say.
const LIFETIME: Duration = Duration::from_secs(3_599);
/// The longest life of an assertion, in seconds.
const MAX_ASSERTION: i64 = 3_600;
/// How far an account's clock may be ahead, in seconds.
const CLOCK_SKEW: i64 = 300;

/// Google.
pub type Google = Provider<State>;

/// What Google remembers.
#[derive(Debug)]
pub struct State {
    account: Account,
    now_s: i64,
    begun: Instant,
    lifetime: Duration,
    tokens: HashMap<String, Token>,
    issued: usize,
    spreadsheets: HashMap<String, sheets::Spreadsheet>,
    phrases: Vec<Phrase>,
}

/// A service account that Google knows.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its address.
    pub client_email: String,
    /// Its public key: an RSAPublicKey of PKCS #1, in DER.
    pub public_key: Vec<u8>,
}

/// What a Dialogflow agent makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The text holds this.
    pub holds: String,
    /// The intent's name.
    pub intent: String,
    /// 0 to 1.
    pub confidence: f64,
    /// The parameters that were found.
    pub parameters: Value,
    /// What the agent answers.
    pub answer: String,
}

#[derive(Debug)]
struct Token {
    scope: String,
    until: Instant,
}

impl Google {
    /// Google at this time of the world, in seconds.
    pub async fn start(account: Account, now_s: i64) -> io::Result<Self> {
        let state = State {
            account,
            now_s,
            begun: Instant::now(),
            lifetime: LIFETIME,
            tokens: HashMap::new(),
            issued: 0,
            spreadsheets: HashMap::new(),
            phrases: Vec::new(),
        };
        Self::start_with(state, answer).await
    }

    /// Tokens that are issued from now on are good for this long.
    pub fn tokens_last(&self, lifetime: Duration) {
        self.state().lifetime = lifetime;
    }

    /// All tokens that were issued are void from now on.
    pub fn revokes_tokens(&self) {
        self.state().tokens.clear();
    }

    /// How many tokens were issued.
    pub fn tokens(&self) -> usize {
        self.state().issued
    }

    /// A spreadsheet with these sheets, shared with the account or not.
    pub fn has_spreadsheet(&self, id: &str, sheets: &[&str], shared: bool) {
        self.state().spreadsheets.insert(id.to_owned(), sheets::Spreadsheet::new(sheets, shared));
    }

    /// Writes rows into a sheet, as a person does.
    pub fn person_writes(&self, id: &str, sheet: &str, rows: &[&[&str]]) {
        if let Some(spreadsheet) = self.state().spreadsheets.get_mut(id) {
            spreadsheet.write(sheet, rows);
        }
    }

    /// The rows of a sheet; `None` where there is none.
    pub fn rows(&self, id: &str, sheet: &str) -> Option<Vec<Vec<String>>> {
        self.state().spreadsheets.get(id).and_then(|spreadsheet| spreadsheet.rows(sheet))
    }

    /// What the Dialogflow agent makes of texts; the first that fits.
    pub fn agent_knows(&self, phrases: impl IntoIterator<Item = Phrase>) {
        self.state().phrases.extend(phrases);
    }
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    if heard.path == "/token" {
        return match state.token(heard) {
            Ok(body) => Said::json(200, &body),
            Err(why) => Said::json(400, &json!({"error": "invalid_grant", "error_description": why})),
        };
    }
    let (scopes, answer): (&[&str], fn(&mut State, &Heard) -> Said) = if heard.path.starts_with("/v4/") {
        (
            &["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"],
            sheets::answer,
        )
    } else if heard.path.starts_with("/v2/") {
        (
            &["https://www.googleapis.com/auth/dialogflow", "https://www.googleapis.com/auth/cloud-platform"],
            dialogflow::answer,
        )
    } else {
        return refuse(404, "NOT_FOUND", "The requested URL was not found on this server.");
    };
    let token = heard.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    match token.and_then(|token| state.tokens.get(token)) {
        Some(token) if token.until > Instant::now() => {
            if scopes.iter().any(|scope| token.scope.split(' ').any(|own| own == *scope)) {
                answer(state, heard)
            } else {
                refuse(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
            }
        }
        _ => refuse(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    }
}

/// An error as Google's APIs write it.
fn refuse(code: u16, status: &str, message: &str) -> Said {
    Said::json(code, &json!({"error": {"code": code, "message": message, "status": status}}))
}

impl State {
    fn token(&mut self, heard: &Heard) -> Result<Value, &'static str> {
        let form = heard.form();
        let field = |name: &str| form.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        if heard.method != "POST"
            || field("grant_type") != Some("urn:ietf:params:oauth:grant-type:jwt-bearer")
        {
            return Err("Bad Request");
        }
        let assertion = field("assertion").ok_or("Missing parameter: assertion")?;
        let (signed, signature) = assertion.rsplit_once('.').ok_or("Invalid JWT: no signature")?;
        let (head, claims) = signed.split_once('.').ok_or("Invalid JWT: no claims")?;
        let (head, claims) = (decode(head)?, decode(claims)?);
        if head["alg"] != "RS256" || head["typ"] != "JWT" {
            return Err("Invalid JWT: RS256 is the only algorithm");
        }
        let signature =
            URL_SAFE_NO_PAD.decode(signature).map_err(|_| "Invalid JWT: the signature is no base64url")?;
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.account.public_key)
            .verify(signed.as_bytes(), &signature)
            .map_err(|_| "Invalid JWT Signature.")?;
        if claims["iss"] != self.account.client_email.as_str() {
            return Err("Invalid grant: account not found");
        }
        let audience = claims["aud"].as_str().unwrap_or_default();
        if audience != format!("http://{}/token", heard.header("host").unwrap_or_default()) {
            return Err("Invalid JWT: aud is not this endpoint");
        }
        let now = self.now_s + self.begun.elapsed().as_secs() as i64;
        let (Some(issued), Some(ends)) = (claims["iat"].as_i64(), claims["exp"].as_i64()) else {
            return Err("Invalid JWT: iat and exp are numbers of seconds");
        };
        if issued > now + CLOCK_SKEW || ends <= now || ends - issued > MAX_ASSERTION || ends <= issued {
            return Err(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.",
            );
        }
        let scope = claims["scope"].as_str().filter(|scope| !scope.is_empty()).ok_or("Invalid scope")?;
        self.issued += 1;
        let token = format!("ya29.simulated-{}", self.issued);
        let until = Instant::now() + self.lifetime;
        self.tokens.insert(token.clone(), Token { scope: scope.to_owned(), until });
        Ok(json!({"access_token": token, "expires_in": self.lifetime.as_secs(), "token_type": "Bearer"}))
    }
}

fn decode(part: &str) -> Result<Value, &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| "Invalid JWT: not base64url")?;
    serde_json::from_slice(&bytes).map_err(|_| "Invalid JWT: not JSON")
}
