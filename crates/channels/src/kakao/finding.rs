//! What was odd about a request: for the connection guide and the log (spec product.md, K7 and K8).
//!
//! A finding is never a reason to refuse. It names a place in the request and says in a sentence what a person can
//! do about it. The known variety of shapes over the years (spec kakao-skill.md 2) is no finding.

use std::borrow::Cow;

use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Odd, but nothing was lost by it.
    Note,
    /// The request could not be taken for what it should be.
    Broken,
}

/// Something missing or odd in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable name, for tests and for grouping.
    pub code: &'static str,
    /// Where, as a JSON pointer into the request; empty for the whole of it.
    pub pointer: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// In Korean.
    pub ko: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

/// Collects findings while a request is read.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    pub(super) fn note(
        &mut self,
        code: &'static str,
        pointer: impl Into<Cow<'static, str>>,
        ko: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) {
        self.push(Severity::Note, code, pointer.into(), (ko.into(), en.into()));
    }

    pub(super) fn broken(
        &mut self,
        code: &'static str,
        pointer: impl Into<Cow<'static, str>>,
        ko: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) {
        self.push(Severity::Broken, code, pointer.into(), (ko.into(), en.into()));
    }

    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        pointer: Cow<'static, str>,
        (ko, en): (Cow<'static, str>, Cow<'static, str>),
    ) {
        self.0.push(Finding { code, pointer, severity, ko, en });
    }
}
