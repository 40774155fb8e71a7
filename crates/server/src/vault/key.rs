//! The key of the vault, and what is done with it: AES-256-GCM.
//!
//! It comes from `CLOSER_SECRET_KEY` or from `secret.key` in the data folder, never from the configuration file, which
//! people share. A sealed value is a version, a nonce and the ciphertext; workspace, kind and name are authenticated
//! with it.

use std::{
    fmt, fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64::{
    Engine as _,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use store::WorkspaceId;

use crate::clock::Die;

/// The environment variable.
const VARIABLE: &str = "CLOSER_SECRET_KEY";
/// The file in the data folder.
const FILE: &str = "secret.key";
/// The first byte of what is sealed in this way.
const VERSION: u8 = 1;
/// Bytes of a nonce.
const NONCE: usize = 12;
/// Base 64 as `openssl rand -base64 32` writes it, and as others do.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Where the key comes from.
#[derive(Clone)]
pub struct KeySource {
    given: Option<String>,
    file: PathBuf,
}

/// The key.
pub(super) struct Key(Aes256Gcm);

/// What a sealed value belongs to.
pub(super) struct Bound<'a> {
    pub workspace: WorkspaceId,
    pub kind: &'a str,
    pub name: &'a str,
}

/// Why there is no key, or not the right one.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// `CLOSER_SECRET_KEY` is not a key.
    #[error("{VARIABLE} must be 32 bytes in base64; make one with: openssl rand -base64 32")]
    Variable,
    /// The file holds no key.
    #[error("{path} holds no key (32 bytes in base64); put the right file back, or set {VARIABLE}")]
    Content {
        /// The file.
        path: PathBuf,
    },
    /// Something is sealed and the key is gone.
    #[error(
        "the database holds sealed secrets, and their key is gone: put {path} back, or set {VARIABLE}. Without the key they cannot be read; remove them and enter them again"
    )]
    Gone {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file cannot be read or made.
    #[error("the key {path} cannot be used: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// What is there was sealed with another key.
    #[error(
        "the secrets in the database were sealed with another key than that of {place}; give all servers of this database the key that sealed them ({VARIABLE})"
    )]
    DoesNotFit {
        /// Where the key came from.
        place: String,
    },
    /// The machine gives no entropy.
    #[error("the machine gives no random numbers for a key")]
    Entropy,
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeySource").field(&self.place()).finish()
    }
}

impl KeySource {
    /// The variable, or the file in this folder.
    pub fn of_environment(data: &Path) -> Self {
        let given = std::env::var(VARIABLE).ok().filter(|given| !given.trim().is_empty());
        Self { given, file: data.join(FILE) }
    }

    /// This key, in base 64.
    pub fn given(key: &str) -> Self {
        Self { given: Some(key.to_owned()), file: PathBuf::new() }
    }

    /// The file in this folder.
    pub fn file(data: &Path) -> Self {
        Self { given: None, file: data.join(FILE) }
    }

    /// Where it is, for people.
    pub(super) fn place(&self) -> String {
        if self.given.is_some() { VARIABLE.to_owned() } else { self.file.display().to_string() }
    }

    pub(super) fn find(&self) -> Result<Key, KeyError> {
        if let Some(given) = &self.given {
            return Key::read(given).ok_or(KeyError::Variable);
        }
        let path = || self.file.clone();
        match fs::read_to_string(&self.file) {
            Ok(text) => Key::read(&text).ok_or_else(|| KeyError::Content { path: path() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(KeyError::Gone { path: path() }),
            Err(error) => Err(KeyError::File { path: path(), error }),
        }
    }

    /// Finds the key, or makes the file.
    pub(super) fn find_or_make(&self) -> Result<Key, KeyError> {
        match self.find() {
            Err(KeyError::Gone { .. }) => {}
            found => return found,
        }
        let text = GeneralPurpose::new(&STANDARD, LENIENT).encode(Die::key().map_err(|_| KeyError::Entropy)?);
        self.write(&text).map_err(|error| KeyError::File { path: self.file.clone(), error })?;
        // Another process may have been quicker; its key is the one.
        self.find()
    }

    /// Writes the file as a whole, if it is not there: a key that is half there would be taken for a broken one.
    fn write(&self, text: &str) -> io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let draft = self.file.with_extension(format!("key.{}", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&draft, &self.file);
        fs::remove_file(&draft)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }
}

impl Key {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes = GeneralPurpose::new(&STANDARD, LENIENT)
            .decode(text)
            .or_else(|_| GeneralPurpose::new(&URL_SAFE, LENIENT).decode(text))
            .ok()?;
        Some(Self(Aes256Gcm::new_from_slice(&bytes).ok()?))
    }

    pub(super) fn seal(&self, bound: &Bound<'_>, value: &[u8], die: &Die) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&die.roll_wide().to_be_bytes()[..NONCE]);
        let payload = Payload { msg: value, aad: &bound.bytes() };
        let sealed =
            self.0.encrypt(&Nonce::from(nonce), payload).expect("AES-GCM takes messages up to 64 GiB");
        [&[VERSION][..], &nonce, &sealed].concat()
    }

    /// `None` where it was sealed with another key, for something else, or not by us.
    pub(super) fn open(&self, bound: &Bound<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&VERSION, rest) = sealed.split_first()? else { return None };
        let (nonce, text) = rest.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&Nonce::from(*nonce), Payload { msg: text, aad: &bound.bytes() }).ok()
    }
}

impl Bound<'_> {
    /// Lengths are fixed or written, so that no two of them read alike.
    fn bytes(&self) -> Vec<u8> {
        let kind = self.kind.as_bytes();
        let length = (kind.len() as u64).to_be_bytes();
        [&b"closer vault"[..], self.workspace.as_bytes(), &length, kind, self.name.as_bytes()].concat()
    }
}

impl KeyError {
    /// What happened and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Variable => format!(
                "{VARIABLE}에는 32바이트를 base64로 적어야 해요. openssl rand -base64 32 로 만들 수 있어요."
            ),
            Self::Content { path } => format!(
                "{}에 열쇠가 없어요(base64로 된 32바이트). 올바른 파일을 되돌리거나 {VARIABLE}를 정해 주세요.",
                path.display()
            ),
            Self::Gone { path } => format!(
                "잠긴 비밀값이 있는데 열쇠가 없어요. {}를 되돌리거나 {VARIABLE}를 정해 주세요. 열쇠 없이는 읽을 수 없으니, 되돌릴 수 없다면 지우고 다시 입력해 주세요.",
                path.display()
            ),
            Self::File { path, error } => format!("열쇠 {}를 쓸 수 없어요: {error}", path.display()),
            Self::DoesNotFit { place } => format!(
                "데이터베이스의 비밀값은 {place}의 열쇠가 아닌 다른 열쇠로 잠겼어요. 이 데이터베이스를 쓰는 모든 서버에 그 열쇠를 {VARIABLE}로 주세요."
            ),
            Self::Entropy => "열쇠를 만들 난수를 얻지 못했어요.".to_owned(),
        }
    }
}
