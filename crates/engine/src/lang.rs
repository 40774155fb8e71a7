//! The two languages in which people are spoken to.
//!
//! This is no catalogue of screens: it only carries sentences that are born in this crate or above it, where both
//! forms stand side by side so that neither is forgotten.

use serde::Serialize;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Korean, the first language of the product.
    #[default]
    Ko,
    /// English.
    En,
}

impl Lang {
    /// Reads a locale (`ko_KR.UTF-8`) or an `Accept-Language` header; what is neither Korean nor English is English.
    pub fn from_tag(tag: &str) -> Self {
        let first = tag.trim_start().get(..2).unwrap_or_default();
        if first.eq_ignore_ascii_case("ko") { Self::Ko } else { Self::En }
    }
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Said {
    /// A sentence from its two forms.
    pub fn new(ko: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ko: ko.into(), en: en.into() }
    }

    /// The form in this language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ko => &self.ko,
            Lang::En => &self.en,
        }
    }
}
