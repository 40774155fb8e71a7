//! What a vault holds: secrets, and connections to services, each with its settings.
//!
//! A table says for each kind which settings there are, which are needed, and which may be shown. A setting that is
//! not in the table is a typing mistake, except where a file is taken as Google gives it.

use std::fmt;

use serde_json::{Map, Value};
use url::Url;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A value that a bot uses in calls: `{{SECRET("name")}}`.
    Secret,
    /// A mail server.
    Smtp,
    /// A Google service account, for spreadsheets.
    Google,
    /// Dialogflow ES.
    Dialogflow,
    /// Watson Assistant v2.
    Watson,
    /// Any HTTP service that understands texts.
    NlpHttp,
    /// An OpenAI-compatible language model.
    Openai,
    /// Kakao's Event API.
    KakaoEvent,
    /// The keys of a bot's ConsultationTalk, by the bot's id.
    Consulttalk,
}

/// What is wrong with settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    setting: String,
    wrong: Wrong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    NoObject,
    Missing(&'static str, &'static str),
    Form(&'static str, &'static str),
    Unknown,
}

/// How a setting is written.
#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    /// An http or https address.
    Web,
    /// A whole number between these.
    Number(u64, u64),
    OneOf(&'static [&'static str]),
    /// Names and texts, such as headers.
    Texts,
    /// A JSON object.
    Object,
    /// Any JSON.
    Any,
    /// A key in PEM.
    Pem,
}

#[derive(Clone, Copy)]
struct Setting {
    name: &'static str,
    form: Form,
    needed: bool,
    shown: bool,
    ko: &'static str,
    en: &'static str,
}

const fn needed(name: &'static str, form: Form, ko: &'static str, en: &'static str) -> Setting {
    Setting { name, form, needed: true, shown: true, ko, en }
}

const fn optional(name: &'static str, form: Form, ko: &'static str, en: &'static str) -> Setting {
    Setting { name, form, needed: false, shown: true, ko, en }
}

const fn hidden(setting: Setting) -> Setting {
    Setting { shown: false, ..setting }
}

const SMTP: &[Setting] = &[
    needed("host", Form::Text, "메일 서버 주소", "the mail server's name"),
    needed("port", Form::Number(1, 65_535), "포트(587, 465 등)", "the port (587, 465, …)"),
    needed("security", Form::OneOf(&["starttls", "tls", "none"]), "보안 방식", "how it is secured"),
    optional("user", Form::Text, "로그인 아이디", "the user name"),
    hidden(optional("password", Form::Text, "비밀번호", "the password")),
    needed("from", Form::Text, "보내는 사람 주소", "the sender's address"),
    optional("perMinute", Form::Number(1, 10_000), "1분에 보낼 수", "mails a minute"),
];
const GOOGLE: &[Setting] = &[
    needed("client_email", Form::Text, "서비스 계정 주소", "the service account's address"),
    hidden(needed("private_key", Form::Pem, "서비스 계정 비밀 키(PEM)", "the service account's key (PEM)")),
    optional("token_uri", Form::Web, "토큰 주소", "where tokens come from"),
    optional("sheetsUrl", Form::Web, "스프레드시트 API 주소", "another address of the Sheets API"),
];
const DIALOGFLOW: &[Setting] = &[
    needed("project_id", Form::Text, "프로젝트 아이디", "the project"),
    optional("client_email", Form::Text, "서비스 계정 주소", "the service account's address"),
    hidden(optional("private_key", Form::Pem, "서비스 계정 비밀 키(PEM)", "the service account's key (PEM)")),
    hidden(optional("token", Form::Text, "토큰", "a token, where there is no service account")),
    optional("token_uri", Form::Web, "토큰 주소", "where tokens come from"),
    optional("language", Form::Text, "언어(ko 등)", "the language (ko, …)"),
    optional("url", Form::Web, "API 주소", "another address of the API"),
];
const WATSON: &[Setting] = &[
    needed("url", Form::Web, "서비스 주소", "the service's address"),
    hidden(needed("apikey", Form::Text, "API 키", "the API key")),
    optional("assistantId", Form::Text, "어시스턴트 아이디", "the assistant"),
    optional("environmentId", Form::Text, "환경 아이디", "the environment"),
    needed("version", Form::Text, "API 버전(2024-08-25 등)", "the API's version (2024-08-25, …)"),
];
const NLP_HTTP: &[Setting] = &[
    needed("url", Form::Web, "호출할 주소", "the address that is called"),
    optional("method", Form::OneOf(&["GET", "POST", "PUT"]), "메서드", "the method"),
    hidden(optional("headers", Form::Texts, "헤더", "headers")),
    hidden(optional("body", Form::Any, "본문 템플릿", "a template for the body")),
    needed(
        "mapping",
        Form::Object,
        "결과를 찾을 경로 {intent, score, entities, answer}",
        "where the results stand: {intent, score, entities, answer}",
    ),
];
const OPENAI: &[Setting] = &[
    needed("baseUrl", Form::Web, "API 주소(…/v1)", "the API's address (…/v1)"),
    hidden(optional("apiKey", Form::Text, "API 키", "the API key")),
    needed("model", Form::Text, "모델 이름", "the model"),
    hidden(optional("headers", Form::Texts, "헤더", "headers")),
];
const KAKAO_EVENT: &[Setting] = &[
    hidden(needed("restApiKey", Form::Text, "REST API 키", "the REST API key")),
    needed("botId", Form::Text, "챗봇 관리자센터의 봇 아이디", "the bot's id at Kakao"),
    optional("url", Form::Web, "API 주소", "another address of the API"),
];
const CONSULTTALK: &[Setting] =
    &[hidden(needed("credentials", Form::Texts, "딜러가 준 키", "the keys that the dealer issued"))];

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Secret,
        Self::Smtp,
        Self::Google,
        Self::Dialogflow,
        Self::Watson,
        Self::NlpHttp,
        Self::Openai,
        Self::KakaoEvent,
        Self::Consulttalk,
    ];

    /// As it is stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Smtp => "smtp",
            Self::Google => "google",
            Self::Dialogflow => "dialogflow",
            Self::Watson => "watson",
            Self::NlpHttp => "nlp_http",
            Self::Openai => "openai",
            Self::KakaoEvent => "kakao_event",
            Self::Consulttalk => "consulttalk",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn settings(self) -> &'static [Setting] {
        match self {
            Self::Secret => &[],
            Self::Smtp => SMTP,
            Self::Google => GOOGLE,
            Self::Dialogflow => DIALOGFLOW,
            Self::Watson => WATSON,
            Self::NlpHttp => NLP_HTTP,
            Self::Openai => OPENAI,
            Self::KakaoEvent => KAKAO_EVENT,
            Self::Consulttalk => CONSULTTALK,
        }
    }

    /// What is wrong with these settings; nothing where they can be used.
    pub fn lacks(self, settings: &Value) -> Vec<Lack> {
        let lack = |setting: &str, wrong| Lack { setting: setting.to_owned(), wrong };
        let Some(map) = settings.as_object() else { return vec![lack("", Wrong::NoObject)] };
        let mut lacks = Vec::new();
        for setting in self.settings() {
            match map.get(setting.name) {
                None | Some(Value::Null) if setting.needed => {
                    lacks.push(lack(setting.name, Wrong::Missing(setting.ko, setting.en)));
                }
                Some(value) if !value.is_null() => {
                    if let Some((ko, en)) = setting.form.refuses(value) {
                        lacks.push(lack(setting.name, Wrong::Form(ko, en)));
                    }
                }
                _ => {}
            }
        }
        let as_google_gives_it = matches!(self, Self::Google | Self::Dialogflow);
        if !as_google_gives_it {
            let known = |name: &String| self.settings().iter().any(|setting| setting.name == name);
            lacks.extend(map.keys().filter(|name| !known(name)).map(|name| lack(name, Wrong::Unknown)));
        }
        let has = |name: &str| map.get(name).is_some_and(|value| !value.is_null());
        let together = |name: &str, with: &str, ko, en| {
            (has(name) && !has(with)).then(|| lack(with, Wrong::Missing(ko, en)))
        };
        match self {
            Self::Smtp => {
                lacks.extend(together("user", "password", "user의 비밀번호", "the password of user"));
            }
            Self::Dialogflow if !has("token") => {
                for name in ["client_email", "private_key"].into_iter().filter(|name| !has(name)) {
                    let ko = "서비스 계정, 아니면 token";
                    lacks.push(lack(name, Wrong::Missing(ko, "a service account, or else token")));
                }
            }
            Self::Watson if !has("assistantId") && !has("environmentId") => {
                let ko = "어시스턴트 아이디, 아니면 environmentId";
                lacks.push(lack("assistantId", Wrong::Missing(ko, "the assistant, or else environmentId")));
            }
            Self::NlpHttp if map.get("mapping").is_some_and(|mapping| mapping.get("intent").is_none()) => {
                let ko = "인텐트 이름이 있는 경로";
                lacks.push(lack("mapping.intent", Wrong::Missing(ko, "where the intent's name stands")));
            }
            _ => {}
        }
        lacks
    }

    /// What people may see of settings. Of an address its query is left out: keys are often written there.
    pub fn about(self, settings: &Value) -> Value {
        let mut about = Map::new();
        for setting in self.settings().iter().filter(|setting| setting.shown) {
            match (setting.form, settings.get(setting.name)) {
                (_, None | Some(Value::Null)) => {}
                (Form::Web, Some(value)) => {
                    let shown = value.as_str().and_then(|text| Url::parse(text).ok()).map(|mut url| {
                        url.set_query(None);
                        url.set_fragment(None);
                        url.to_string()
                    });
                    about.insert(setting.name.to_owned(), shown.into());
                }
                (_, Some(value)) => {
                    about.insert(setting.name.to_owned(), value.clone());
                }
            }
        }
        Value::Object(about)
    }
}

impl Form {
    /// What a value should be, where it is something else: in Korean and English.
    fn refuses(self, value: &Value) -> Option<(&'static str, &'static str)> {
        let text = value.as_str().map(str::trim).unwrap_or_default();
        let (fits, ko, en) = match self {
            Self::Text => (!text.is_empty(), "글자를 적어 주세요", "must be a text"),
            Self::Web => {
                let url = Url::parse(text).ok();
                let fits = url.is_some_and(|url| {
                    matches!(url.scheme(), "http" | "https")
                        && url.username().is_empty()
                        && url.password().is_none()
                });
                (fits, "http나 https 주소를 적어 주세요", "must be an http or https address")
            }
            Self::Number(least, most) => {
                let fits = value.as_u64().is_some_and(|number| (least..=most).contains(&number));
                (fits, "범위에 맞는 숫자를 적어 주세요", "must be a whole number within its range")
            }
            Self::OneOf(words) => (
                words.contains(&text),
                "starttls, tls, none이나 GET, POST, PUT처럼 정해진 값만 쓸 수 있어요",
                "must be one of the words that are offered: starttls, tls, none; or GET, POST, PUT",
            ),
            Self::Texts => {
                let fits = value.as_object().is_some_and(|map| map.values().all(Value::is_string));
                (fits, "{\"이름\": \"글자\"} 모양으로 적어 주세요", "must look like {\"name\": \"text\"}")
            }
            Self::Object => (value.is_object(), "JSON 객체를 적어 주세요", "must be a JSON object"),
            Self::Any => (true, "", ""),
            Self::Pem => (
                text.starts_with("-----BEGIN ") && text.ends_with("-----"),
                "-----BEGIN … 으로 시작하는 PEM을 적어 주세요",
                "must be PEM, which begins with -----BEGIN …",
            ),
        };
        (!fits).then_some((ko, en))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.setting;
        match self.wrong {
            Wrong::NoObject => write!(f, "the settings must be a JSON object"),
            Wrong::Missing(_, en) => write!(f, "{name}: is missing ({en})"),
            Wrong::Form(_, en) => write!(f, "{name}: {en}"),
            Wrong::Unknown => write!(f, "{name}: there is no such setting"),
        }
    }
}

impl Lack {
    /// In Korean.
    pub fn ko(&self) -> String {
        let name = &self.setting;
        match self.wrong {
            Wrong::NoObject => "설정은 JSON 객체여야 해요".to_owned(),
            Wrong::Missing(ko, _) => format!("{name}: 빠졌어요 ({ko})"),
            Wrong::Form(ko, _) => format!("{name}: {ko}"),
            Wrong::Unknown => format!("{name}: 이런 설정은 없어요"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(kind: Kind, settings: &Value) -> Vec<String> {
        kind.lacks(settings).iter().map(|lack| lack.setting.clone()).collect()
    }

    #[test]
    fn each_kind_says_what_it_lacks() {
        let pem = "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n";
        let smtp = json!({"host": "m.kr", "port": 587, "security": "starttls", "from": "a@m.kr"});
        for (kind, settings, lacks) in [
            (Kind::Smtp, smtp.clone(), &[][..]),
            (
                Kind::Smtp,
                json!({"host": "", "port": 70_000, "security": "ssl", "hots": 1}),
                &["host", "port", "security", "from", "hots"],
            ),
            (
                Kind::Smtp,
                json!({"host": "m.kr", "port": 25, "security": "none", "from": "a", "user": "u"}),
                &["password"],
            ),
            (Kind::Google, json!({"type": "service_account", "client_email": "a", "private_key": pem}), &[]),
            (Kind::Google, json!({"client_email": "a", "private_key": "x"}), &["private_key"]),
            (Kind::Dialogflow, json!({"project_id": "p", "token": "t"}), &[]),
            (Kind::Dialogflow, json!({"project_id": "p", "client_email": "a"}), &["private_key"]),
            (
                Kind::Watson,
                json!({"url": "https://w.kr", "apikey": "k", "version": "2024-08-25"}),
                &["assistantId"],
            ),
            (Kind::NlpHttp, json!({"url": "https://n.kr", "mapping": {"score": "a"}}), &["mapping.intent"]),
            (Kind::NlpHttp, json!({"url": "https://n.kr", "mapping": {"intent": "a.b"}}), &[]),
            (Kind::Openai, json!({"baseUrl": "https://u:p@o.kr/v1", "model": "m"}), &["baseUrl"]),
            (
                Kind::Openai,
                json!({"baseUrl": "http://127.0.0.1:1/v1", "model": "m", "headers": {"a": 1}}),
                &["headers"],
            ),
            (Kind::KakaoEvent, json!([]), &[""]),
            (Kind::KakaoEvent, json!({"restApiKey": "k", "botId": "b"}), &[]),
        ] {
            assert_eq!(said(kind, &settings), lacks, "{kind} {settings}");
        }
    }

    #[test]
    fn what_is_shown_holds_no_secret() {
        let settings = json!({"url": "https://n.kr/x?key=s3cret", "headers": {"a": "s3cret"}, "body": "s3cret",
            "mapping": {"intent": "i"}});
        assert_eq!(
            Kind::NlpHttp.about(&settings),
            json!({"url": "https://n.kr/x", "mapping": {"intent": "i"}})
        );
        let settings = json!({"host": "m.kr", "port": 587, "user": "u", "password": "s3cret", "from": "a"});
        assert_eq!(
            Kind::Smtp.about(&settings),
            json!({"host": "m.kr", "port": 587, "user": "u", "from": "a"})
        );
        for kind in Kind::ALL {
            for setting in kind.settings().iter().filter(|setting| setting.shown) {
                let name = setting.name.to_ascii_lowercase();
                assert!(
                    !["key", "password", "token", "headers"].iter().any(|word| name.ends_with(word)),
                    "{name}"
                );
            }
        }
    }
}
